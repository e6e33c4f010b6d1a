"""The tree that Markdown and HTML are both put into, before it becomes blocks.

Articles mix the two freely: a `<details>` opens in one HTML block, Markdown follows, and it closes
in another. One tree for both lets the reader treat `**x**` and `<b>x</b>` alike.
"""

from __future__ import annotations

from dataclasses import dataclass, field

# Deeper HTML than this is kept as text without its tags, so that nothing after it has to recurse deeper.
MAX_DEPTH = 60

VOID_TAGS = frozenset(
    (
        *("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source"),
        *("track", "wbr"),
    )
)
BLOCK_TAGS = frozenset(
    (
        *("address", "article", "aside", "blockquote", "body", "caption", "center", "col", "colgroup"),
        *("dd", "details", "dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure"),
        *("footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "html"),
        *("iframe", "legend", "li", "main", "menu", "nav", "object", "ol", "optgroup", "option", "p"),
        *("pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul"),
        *("video", "#directive"),
    )
)
INLINE_TAGS = frozenset(
    (
        *("a", "abbr", "acronym", "audio", "b", "bdi", "bdo", "big", "br", "button", "canvas", "cite"),
        *("code", "data", "del", "dfn", "em", "embed", "font", "i", "img", "input", "ins", "kbd"),
        *("label", "link", "map", "area", "mark", "meta", "meter", "noscript", "output", "picture"),
        *("progress", "q", "rp", "rt", "ruby", "s", "samp", "select", "small", "source", "span"),
        *("strike", "strong", "sub", "sup", "textarea", "time", "track", "tt", "u", "var", "wbr", "base"),
        *("param", "template", "nobr"),
    )
)
# Their content is never text for readers.
DROPPED_TAGS = frozenset({"script", "style", "svg", "math", "template", "head"})
KNOWN_TAGS = BLOCK_TAGS | INLINE_TAGS | DROPPED_TAGS

# Opening the tag closes an open one of these, up to the nearest of those.
_CLOSED_BY: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "li": (frozenset({"li"}), frozenset({"ul", "ol", "menu"})),
    "td": (frozenset({"td", "th"}), frozenset({"tr", "table"})),
    "th": (frozenset({"td", "th"}), frozenset({"tr", "table"})),
    "tr": (frozenset({"tr"}), frozenset({"table"})),
    "tbody": (frozenset({"thead", "tbody"}), frozenset({"table"})),
    "tfoot": (frozenset({"thead", "tbody"}), frozenset({"table"})),
    "dt": (frozenset({"dt", "dd"}), frozenset({"dl"})),
    "dd": (frozenset({"dt", "dd"}), frozenset({"dl"})),
    "option": (frozenset({"option"}), frozenset({"select"})),
}


@dataclass(slots=True)
class Node:
    """An element or a piece of text.

    Attributes:
        tag: HTML's name; "#text" for text, "#literal" for text that was escaped on purpose,
            "#include" and "#directive" for what HTML has no name for.
        line: in the file, counted from 1.
        html: written as HTML, so only HTML may close it.
    """

    tag: str
    line: int = 0
    text: str = ""
    attrs: dict[str, str] = field(default_factory=dict)
    children: list[Node] = field(default_factory=list)
    html: bool = False


class TreeBuilder:
    """Puts opening and closing tags into a tree, whatever their order."""

    def __init__(self) -> None:
        self.root = Node("#root")
        self._open: list[Node] = [self.root]
        self._unopened = 0

    @property
    def current(self) -> Node:
        """The node that the next one goes into."""
        return self._open[-1]

    @property
    def parent(self) -> Node:
        """The node around `current`, the root around itself."""
        return self._open[-2] if len(self._open) > 1 else self.root

    @property
    def previous(self) -> Node | None:
        """The node right before the next one, in the same parent."""
        return self.current.children[-1] if self.current.children else None

    def inside(self, tag: str) -> bool:
        """Return whether a node with `tag` is open."""
        return any(node.tag == tag for node in self._open)

    def add(self, node: Node) -> None:
        """Add a node without opening it."""
        self.current.children.append(node)

    def text(self, text: str, line: int, *, literal: bool = False) -> None:
        """Add text."""
        if text:
            self.add(Node("#literal" if literal else "#text", line, text))

    def open(self, tag: str, line: int, attrs: dict[str, str] | None = None) -> None:
        """Open an element that Markdown opens."""
        if len(self._open) >= 2 * MAX_DEPTH:
            # Emphasis inside emphasis inside …: the text is kept, the look is not.
            self._unopened += 1
            return
        node = Node(tag, line, attrs=attrs or {})
        self.add(node)
        self._open.append(node)

    def close(self, tag: str) -> list[Node]:
        """Close what Markdown closes; return the HTML elements inside that were left open."""
        unclosed: list[Node] = []
        if self._unopened:
            self._unopened -= 1
            return unclosed
        while len(self._open) > 1:
            node = self._open.pop()
            if node.tag == tag and not node.html:
                break
            unclosed.append(node)
        return unclosed

    def open_html(self, tag: str, line: int, attrs: dict[str, str]) -> None:
        """Open an HTML element, closing those that cannot hold it."""
        self._close_implied(tag)
        node = Node(tag, line, attrs=attrs, html=True)
        if tag in VOID_TAGS:
            self.add(node)
        elif len(self._open) < MAX_DEPTH:
            self.add(node)
            self._open.append(node)

    def close_html(self, tag: str) -> bool:
        """Close the nearest open HTML element of that name; False when there is none to close.

        What Markdown opened is never closed by HTML.
        """
        for index in range(len(self._open) - 1, 0, -1):
            node = self._open[index]
            if not node.html:
                return False
            if node.tag == tag:
                del self._open[index:]
                return True
        return False

    def finish(self) -> list[Node]:
        """Return the elements that are still open."""
        return self._open[1:]

    def _close_implied(self, tag: str) -> None:
        """Close an open paragraph before a block, an open item before the next, and so on."""
        if tag in BLOCK_TAGS and self.current.html and self.current.tag == "p":
            self._open.pop()
        closed, stop = _CLOSED_BY.get(tag, (frozenset[str](), frozenset[str]()))
        if not closed:
            return
        for index in range(len(self._open) - 1, 0, -1):
            node = self._open[index]
            if not node.html or node.tag in stop:
                return
            if node.tag in closed:
                del self._open[index:]
                return
