"""Articles in the forms that other programs and people read."""

from kbviewer.content.export.html_page import as_html
from kbviewer.content.export.json_form import as_json
from kbviewer.content.export.markdown import as_markdown
from kbviewer.content.export.plain_text import as_text

__all__ = ["as_html", "as_json", "as_markdown", "as_text"]
