"""Ticks, measures, finding, banners, facts and tab order, without a window."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from kbviewer.i18n import formats
from kbviewer.model.article import Article, ArticleState, SupportEnd, Translation, TranslationMethod
from kbviewer.model.blocks import Step, StepList
from kbviewer.model.cases import StepMark, StepOutcome
from kbviewer.model.inline import Run
from kbviewer.model.progress import Progress
from kbviewer.ui.article.banners import banners
from kbviewer.ui.article.find import FindSession, Found, SoughtText
from kbviewer.ui.article.measures import measure
from kbviewer.ui.article.page_map import Embedded, Kind, LinkSpot, PageMap, Place, Span, StepText
from kbviewer.ui.article.properties import properties
from kbviewer.ui.article.tab_order import neighbour, tab_stops
from kbviewer.ui.article.tick_model import TickModel, TickState


class English:
    """The program's own language."""

    language = "en"

    def gettext(self, text: str, /) -> str:
        return text

    def ngettext(self, singular: str, plural: str, number: int, /) -> str:
        return singular if number == 1 else plural

    def pgettext(self, context: str, text: str, /) -> str:
        return text

    def long_date(self, day: date, /) -> str:
        return formats.format_date(day, self.language)

    def language_name(self, tag: str, /) -> str:
        return formats.language_name(tag, self.language)


def step(name: str, *inner: Step) -> Step:
    blocks = (StepList(key=f"{name}/n", steps=inner),) if inner else ()
    return Step(name, "1", (Run(name),), blocks=blocks)


NESTED = Article(
    id="a",
    language="en",
    title="A",
    blocks=(
        StepList(key="l", steps=(step("x", step("x1"), step("x2", step("x2a"), step("x2b"))), step("y"))),
    ),
)


FAILED, SKIPPED = StepMark(StepOutcome.FAILED), StepMark(StepOutcome.SKIPPED)


def done(*steps: str) -> dict[str, StepMark]:
    return dict.fromkeys(steps, StepMark(StepOutcome.DONE))


def test_a_parent_follows_its_leaves() -> None:
    model = TickModel(NESTED, done("x1"))
    assert model.state("x") is TickState.PARTLY
    assert model.state("x2") is TickState.EMPTY
    assert model.progress("x") == Progress(1, 3)
    assert model.list_progress("l") == Progress(1, 4)
    assert model.total() == Progress(1, 4)


def test_a_parents_box_completes_first_and_clears_then() -> None:
    model = TickModel(NESTED, done("x1"))
    assert model.toggled("x") is StepOutcome.DONE
    assert model.targets("x", StepOutcome.DONE) == {"x2a", "x2b"}
    model.replace(done("x1", "x2a", "x2b"))
    assert model.state("x2") is TickState.DONE
    assert model.marked() == {"x", "x1", "x2", "x2a", "x2b"}
    assert model.toggled("x") is None
    assert model.targets("x", None) == {"x1", "x2a", "x2b"}
    model.replace({})
    assert not model.marked()


def test_what_changed_includes_the_parents_that_show_it() -> None:
    model = TickModel(NESTED, done("x1"))
    assert model.replace(done("x1", "x2a")) == {"x2a", "x2", "x"}
    assert model.replace(done("x1", "x2a")) == set()
    assert model.replace({"x1": StepMark(StepOutcome.DONE, "a note"), **done("x2a")}) == {"x1", "x"}


def test_a_step_that_is_gone_counts_for_nothing() -> None:
    """The article was updated since the step was ticked."""
    model = TickModel(NESTED, done("gone"))
    assert model.total() == Progress(0, 4)
    assert not model.marked()
    assert not model.replace({})


def test_what_failed_or_was_skipped_is_not_done() -> None:
    """A progress of 4 out of 4 means that everything was done."""
    marks = {**done("x1"), "x2a": FAILED, "x2b": SKIPPED}
    model = TickModel(NESTED, marks)
    assert model.progress("x") == Progress(1, 3)
    assert model.total() == Progress(1, 4)
    assert (model.state("x2a"), model.state("x2b")) == (TickState.FAILED, TickState.SKIPPED)


def test_a_parent_tells_that_something_in_it_failed() -> None:
    model = TickModel(NESTED, {**done("x1"), "x2a": FAILED, "x2b": SKIPPED})
    assert model.state("x2") is model.state("x") is TickState.FAILED_INSIDE
    model.replace({"x2a": SKIPPED, "x2b": SKIPPED})
    assert (model.state("x2"), model.state("x")) == (TickState.SKIPPED, TickState.PARTLY)
    model.replace({"x2a": FAILED, "x2b": FAILED})
    assert model.state("x2") is TickState.FAILED_INSIDE


def test_completing_a_parent_leaves_what_failed_as_it_is() -> None:
    """A failure is worth more than a press; only when nothing is untried does the press mean it."""
    model = TickModel(NESTED, {"x2a": FAILED})
    assert model.targets("x", StepOutcome.DONE) == {"x1", "x2b"}
    assert model.targets("x", StepOutcome.SKIPPED) == {"x1", "x2b"}
    assert model.targets("x", None) == {"x1", "x2a", "x2b"}
    model.replace({"x2a": FAILED, **done("x1", "x2b")})
    assert model.targets("x", StepOutcome.DONE) == {"x1", "x2a", "x2b"}


def test_a_press_makes_what_failed_or_was_skipped_done() -> None:
    model = TickModel(NESTED, {"y": FAILED})
    assert model.toggled("y") is StepOutcome.DONE
    assert model.targets("y", StepOutcome.DONE) == {"y"}


@pytest.mark.parametrize("zoom", [0.5, 1.0, 3.0])
@pytest.mark.parametrize("width", [160, 320, 480, 1094, 3840])
@pytest.mark.parametrize("touch", [False, True])
def test_measures_are_sane_at_every_width_and_zoom(width: int, zoom: float, touch: bool) -> None:
    measures = measure(width, zoom, touch=touch)
    assert measures.column <= 780 * zoom or measures.column == 160
    assert measures.step_indent + 2 * measures.step_level < measures.column * 0.75 or width < 320 or touch
    assert measures.number_width < measures.step_indent
    assert measures.tick_target >= (48 if touch else 24)
    assert measures.button >= (48 if touch else 24)


def test_the_measures_of_the_design_hold_at_zoom_1() -> None:
    measures = measure(1094, 1.0, touch=False)
    assert (measures.column, measures.step_indent, measures.step_level) == (780, 66, 34)
    assert (measures.tick_box, measures.tick_target) == (20, 32)
    assert measure(320, 1.0, touch=False).column >= 280


def test_finding_ignores_case_and_kind_of_quotation_mark() -> None:
    session = FindSession()
    document = SoughtText("Felet ”Servern svarar inte”.\nFELET igen.")
    assert session.start('felet "servern', document, 0) == Found(1, 1)
    assert session.start("felet", document, 5) == Found(2, 2)
    assert session.step(forward=True) == Found(1, 2)
    assert session.step(forward=False) == Found(2, 2)
    assert session.between(0, 10) == [(0, 5, False)]


def test_positions_are_those_of_a_text_document() -> None:
    """A text document counts UTF-16 units, Python characters; İ grows when it is lowered."""
    session = FindSession()
    session.start("b", SoughtText("😀İ b 😀b"), 0)
    assert session.matches == [(4, 5), (8, 9)]


def test_nothing_sought_is_nothing_found() -> None:
    session = FindSession()
    assert session.start("  ", SoughtText("a b"), 0) == Found(0, 0)
    assert session.step(forward=True) == Found(0, 0)
    assert session.current is None


def test_the_current_match_stays_in_a_text_that_was_rebuilt() -> None:
    session = FindSession()
    session.start("a", SoughtText("a a a"), 4)
    assert session.again(SoughtText("b a b a b a")) == Found(3, 3)
    assert session.again(SoughtText("a")) == Found(1, 1)


def test_banners_come_in_the_order_of_their_weight() -> None:
    article = replace(
        NESTED,
        language="sv",
        state=ArticleState.ARCHIVED,
        support_end=SupportEnd("Windows XP", date(2014, 4, 8)),
        translation=Translation("de", TranslationMethod.HUMAN, origin="fi", note="Not tested."),
    )
    found = banners(article, English())
    assert [banner.key for banner in found] == ["state", "support-end", "variant", "provenance"]
    assert found[1].text == "Support for Windows XP ended on 8 April 2014."
    assert found[2].title == "Shown in Swedish"
    assert "Finnish" in found[3].text
    assert found[3].text.endswith("Not tested.")


def test_unknown_facts_are_never_invented() -> None:
    values = {line.key: line.values for line in properties(NESTED, ("en",), English())}
    assert values["reviewed"] == values["revision"] == ("Unknown",)
    assert values["keywords"] == ("None stated",)
    assert values["applies-to"] == ("Not stated",)
    assert "aliases" not in values


def test_tab_order_is_reading_order() -> None:
    def widget(key: str, position: int) -> Embedded:
        return Embedded(key, Kind.TICK, Place.MARGIN, position, 0, 0, 0.0, 0.0, None)

    page = PageMap()
    page.embedded = [widget("b", 20), widget("a", 10)]
    page.links = [LinkSpot(12, 15, "p", 0, "link")]
    stops = tab_stops(page, lambda _: 0)
    assert [stop.widget or stop.link for stop in stops] == ["a", 0, "b"]
    assert neighbour(stops, stops[1], 0, forward=True) == [stops[2]]
    assert neighbour(stops, stops[1], 0, forward=False) == [stops[0]]
    assert neighbour(stops, None, 11, forward=True)[0] is stops[1]
    assert neighbour(stops, None, 11, forward=False)[0] is stops[0]


def test_a_text_block_belongs_to_the_innermost_step_around_it() -> None:
    """A right click on what follows a step's action is about that step."""
    page = PageMap()
    for step, first, last in (("one", 2, 4), ("two", 5, 9), ("two-a", 6, 7)):
        page.steps[step] = StepText(step, first, first)
        page.areas[f"{step}@step"] = Span(f"{step}@step", first, last)
    found = [page.step_at(block) for block in range(11)]
    assert found == ["", "", "one", "one", "one", "two", "two-a", "two-a", "two", "two", ""]


def test_a_guessed_language_is_called_so_among_the_facts() -> None:
    """Nothing in the file says which it is."""
    guessed = replace(NESTED, is_language_guessed=True)
    values = {line.key: line.values for line in properties(guessed, ("en",), English())}

    assert values["languages"] == ("English (shown; language guessed)",)
