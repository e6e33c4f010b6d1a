"""The small style sheet over Fusion: what a palette cannot say (corners, focus rings, target sizes)."""

from __future__ import annotations

from kbviewer.ui.theme.tokens import (
    CORNER_PX,
    MIN_TARGET_PX,
    SCROLL_BAR_PX,
    TOUCH_SCROLL_BAR_PX,
    TOUCH_TARGET_PX,
    Tokens,
)

_TEMPLATE = """
QWidget {{ color: {text}; }}
QToolTip {{ background: {raised}; color: {text}; border: 1px solid {control_border}; padding: 4px 8px; }}
QPushButton, QToolButton {{
    background: {raised}; color: {text}; border: 1px solid {border}; border-radius: {corner}px;
    padding: 3px 12px; min-height: {button}px;
}}
QToolButton {{ padding: 3px 6px; min-width: {button}px; }}
QPushButton:hover, QToolButton:hover {{ background: {accent_soft}; border-color: {control_border}; }}
QPushButton:pressed, QToolButton:pressed {{ background: {accent_soft}; border-color: {accent}; }}
QPushButton:checked, QToolButton:checked {{
    background: {accent}; color: {on_accent}; border-color: {accent};
}}
QPushButton:default {{ border-color: {accent}; }}
QPushButton:focus, QToolButton:focus {{ border: 2px solid {accent}; }}
QPushButton:checked:focus, QToolButton:checked:focus {{
    background: {accent_soft}; color: {accent}; border: 2px solid {accent};
}}
QPushButton:disabled, QToolButton:disabled {{ color: {disabled}; }}
QToolButton[flat="true"], QPushButton[flat="true"] {{
    background: transparent; border: 2px solid transparent;
}}
QToolButton[flat="true"]:hover, QPushButton[flat="true"]:hover {{ background: {accent_soft}; }}
QToolButton[flat="true"]:focus, QPushButton[flat="true"]:focus {{ border: 2px solid {accent}; }}
QToolButton[flat="true"]:checked {{ background: {accent_soft}; border: 2px solid {accent}; }}
QToolButton::menu-indicator {{ image: none; }}
QLineEdit, QPlainTextEdit {{
    background: {page}; color: {text}; border: 1px solid {control_border}; border-radius: {corner}px;
    padding: 4px 10px; selection-background-color: {accent}; selection-color: {on_accent};
    placeholder-text-color: {muted};
}}
QLineEdit {{ min-height: {button}px; }}
CheckLine {{ min-height: {check}px; }}
QLineEdit:focus, QPlainTextEdit:focus {{ border: 2px solid {accent}; padding: 3px 9px; }}
QMenu {{ background: {raised}; color: {text}; border: 1px solid {control_border}; padding: 4px; }}
QMenu::item {{ padding: 6px {arrow}px 6px 12px; border-radius: 4px; min-height: {menu}px; }}
QMenu::item:selected {{ background: {accent}; color: {on_accent}; }}
QMenu::item:disabled {{ color: {disabled}; }}
QMenu::separator {{ height: 1px; background: {border}; margin: 4px 8px; }}
QMenuBar {{ background: {window}; }}
QMenuBar::item {{ padding: 4px 8px; border-radius: 4px; }}
QMenuBar::item:selected {{ background: {accent_soft}; }}
QListView, QTreeView {{ background: transparent; border: none; outline: none; }}
QListView:window {{ background: {raised}; border: 1px solid {control_border}; }}
QScrollBar:vertical {{ background: transparent; width: {scroll}px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: {scroll}px; margin: 0; }}
QScrollBar::handle {{ background: {control_border}; border-radius: 4px; margin: 2px; }}
QScrollBar::handle:vertical {{ min-height: 32px; }}
QScrollBar::handle:horizontal {{ min-width: 32px; }}
QScrollBar::handle:hover {{ background: {muted}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
"""


def build_style_sheet(tokens: Tokens, *, touch: bool) -> str:
    """Return the application's style sheet for a theme."""
    return _TEMPLATE.format(
        text=tokens.text,
        muted=tokens.muted,
        page=tokens.page,
        window=tokens.window,
        raised=tokens.raised,
        border=tokens.border,
        control_border=tokens.control_border,
        disabled=tokens.disabled,
        accent=tokens.accent,
        on_accent=tokens.on_accent,
        accent_soft=tokens.accent_soft,
        corner=CORNER_PX,
        button=(TOUCH_TARGET_PX if touch else MIN_TARGET_PX + 2) - 8,
        check=TOUCH_TARGET_PX if touch else MIN_TARGET_PX + 2,
        # The arrow of a submenu stands further in, the higher the row is.
        arrow=48 if touch else 28,
        menu=TOUCH_TARGET_PX - 12 if touch else MIN_TARGET_PX - 6,
        scroll=TOUCH_SCROLL_BAR_PX if touch else SCROLL_BAR_PX,
    )
