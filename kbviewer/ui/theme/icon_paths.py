"""The drawings behind `icons`: SVG elements on a 24-unit grid, stroked in the current colour."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

PATHS: Final[Mapping[str, str]] = {
    "book": '<path d="M5 19V5a2 2 0 0 1 2-2h12v18H7a2 2 0 0 1-2-2zm0 0a2 2 0 0 1 2-2h12"/>',
    "search": '<circle cx="10.5" cy="10.5" r="6.5"/><path d="M15.5 15.5 21 21"/>',
    "minus": '<path d="M5 12h14"/>',
    "plus": '<path d="M5 12h14M12 5v14"/>',
    "contrast": '<circle cx="12" cy="12" r="9"/><path fill="currentColor" d="M12 3v18a9 9 0 0 0 0-18z"/>',
    "check": '<path d="m5 12.5 4.5 4.5L19 7.5"/>',
    "cross": '<path d="m6.5 6.5 11 11M17.5 6.5l-11 11"/>',
    "skip": '<path d="m5 6 6 6-6 6M13 6l6 6-6 6"/>',
    "dash": '<path d="M6 12h12"/>',
    "stairs": '<path d="M3 19h6v-5h6V9h6V4"/>',
    "copy": '<rect x="9" y="9" width="11" height="11" rx="2"/><path d="M5 15V6a2 2 0 0 1 2-2h8"/>',
    "external": '<path d="M14 4h6v6M20 4l-9 9M18 14v4a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2V8a2 2 0 0 1 2-2h4"/>',
    "chevron-right": '<path d="m9 5 7 7-7 7"/>',
    "chevron-down": '<path d="m5 9 7 7 7-7"/>',
    "chevron-up": '<path d="m5 15 7-7 7 7"/>',
    "chevron-left": '<path d="m15 5-7 7 7 7"/>',
    "arrow-left": '<path d="M20 12H4m7-7-7 7 7 7"/>',
    "arrow-right": '<path d="M4 12h16m-7-7 7 7-7 7"/>',
    "home": '<path d="M4 11 12 4l8 7v8a1 1 0 0 1-1 1h-5v-6h-4v6H5a1 1 0 0 1-1-1z"/>',
    "menu": '<path d="M4 6h16M4 12h16M4 18h16"/>',
    "panel": '<rect x="3" y="4" width="18" height="16" rx="2"/>'
    '<path d="M9 4v16M5.5 8h1M5.5 11.5h1M5.5 15h1"/>',
    "more": '<g fill="currentColor" stroke="none"><circle cx="5" cy="12" r="2"/>'
    '<circle cx="12" cy="12" r="2"/>'
    '<circle cx="19" cy="12" r="2"/></g>',
    "close": '<path d="m6 6 12 12M18 6 6 18"/>',
    "note": '<circle cx="12" cy="12" r="9"/><path d="M12 11v5M12 7.6v.1"/>',
    "tip": '<path d="M9 18h6M10 21h4M8.5 14.5a6 6 0 1 1 7 0c-.7.6-1 1.2-1 2.5h-5c0-1.3-.3-1.9-1-2.5z"/>',
    "important": '<circle cx="12" cy="12" r="9"/><path d="M12 7v6M12 16.3v.1"/>',
    "warning": '<path d="M12 4 2.8 19.5h18.4zM12 10v4M12 17v.1"/>',
    "boundary": '<path d="M12 3 4.5 6v6c0 4.5 3.2 7.6 7.5 9 4.3-1.4 7.5-4.5 7.5-9V6zM9 12h6"/>',
    "picture": '<rect x="3" y="4" width="18" height="16" rx="2"/><circle cx="8.5" cy="9.5" r="1.5"/>'
    '<path d="m4 18 5.5-5.5L13 16l3.5-3.5L20 16"/>',
    "video": '<rect x="3" y="5" width="18" height="14" rx="2"/>'
    '<path fill="currentColor" d="m10 9 5 3-5 3z"/>',
    "link": '<path d="M10 14a4 4 0 0 0 5.7 0l3-3A4 4 0 0 0 13 5.3l-1 1M14 10a4 4 0 0 0-5.7 0l-3 3'
    'A4 4 0 0 0 11 18.7l1-1"/>',
    "language": '<circle cx="12" cy="12" r="9"/><path d="M3 12h18M12 3c3 3 3 15 0 18M12 3c-3 3-3 15 0 18"/>',
    "reset": '<path d="M4 5v5h5M4.6 10A8 8 0 1 1 4 14"/>',
    "comment": '<path d="M4 5h16v11H10l-5 4v-4H4z"/>',
    "help": '<circle cx="12" cy="12" r="9"/><path d="M9.2 9.3a2.9 2.9 0 1 1 4.2 2.6c-.9.5-1.4 1-1.4 2.1'
    'M12 17v.1"/>',
    "calendar": '<rect x="4" y="5" width="16" height="16" rx="2"/><path d="M4 10h16M8 3v4M16 3v4"/>',
    "settings": '<circle cx="12" cy="12" r="3"/><path d="M12 3v3M12 18v3M3 12h3M18 12h3M5.6 5.6l2.2 2.2'
    'M16.2 16.2l2.2 2.2M18.4 5.6l-2.2 2.2M7.8 16.2l-2.2 2.2"/>',
    "archive": '<rect x="3" y="4" width="18" height="5" rx="1"/><path d="M5 9v11h14V9M10 13h4"/>',
    "prerequisite": '<path d="M6 21V4h12l-3 4 3 4H6"/>',
    "missing": '<circle cx="12" cy="12" r="9" stroke-dasharray="3.5 3.5"/><path d="M9 12h6"/>',
    "expand": '<path d="m7 9 5-5 5 5M7 15l5 5 5-5"/>',
    "collapse": '<path d="m7 4 5 5 5-5M7 20l5-5 5 5"/>',
    "case": '<rect x="3" y="8" width="18" height="12" rx="2"/><path d="M9 8V5h6v3M3 13h18M12 12v2"/>',
    "pause": '<path d="M8.5 5v14M15.5 5v14"/>',
    "report": '<path d="M6 3h8l4 4v14H6zM14 3v4h4M9 12h6M9 16h6"/>',
    "annotation": '<path d="M5 4h14v10l-5 6H5zM14 20v-6h5M8.5 8.5h7M8.5 12h4"/>',
    "bookmark": '<path d="M6.5 3.5h11V21L12 16.5 6.5 21z"/>',
    "bookmark-on": '<path fill="currentColor" d="M6.5 3.5h11V21L12 16.5 6.5 21z"/>',
    "folder": '<path d="M3 6.5A1.5 1.5 0 0 1 4.5 5H9l2 2.5h8.5'
    "A1.5 1.5 0 0 1 21 9v8.5a1.5 1.5 0 0 1-1.5 1.5h-15"
    'A1.5 1.5 0 0 1 3 17.5z"/>',
    "folder-new": '<path d="M3 6.5A1.5 1.5 0 0 1 4.5 5H9l2 2.5h8.5'
    "A1.5 1.5 0 0 1 21 9v8.5a1.5 1.5 0 0 1-1.5 1.5h-15"
    'A1.5 1.5 0 0 1 3 17.5zM12 10.5v5.5M9.25 13.25h5.5"/>',
    "grip": '<g fill="currentColor" stroke="none">'
    '<circle cx="9" cy="6" r="1.6"/><circle cx="15" cy="6" r="1.6"/>'
    '<circle cx="9" cy="12" r="1.6"/><circle cx="15" cy="12" r="1.6"/><circle cx="9" cy="18" r="1.6"/>'
    '<circle cx="15" cy="18" r="1.6"/></g>',
    "pencil": '<path d="m4 20 1-4.5L16 4.5l3.5 3.5-11 11zM13.5 7l3.5 3.5"/>',
    "trash": '<path d="M4 6.5h16M9 6V4h6v2M6.5 6.5 7.5 20h9l1-13.5M10.5 10v6.5M13.5 10v6.5"/>',
    "arrow-down": '<path d="M12 4v16m7-7-7 7-7-7"/>',
    "arrow-up": '<path d="M12 20V4m-7 7 7-7 7 7"/>',
    "lock": '<rect x="5" y="11" width="14" height="9" rx="2"/><path d="M8 11V8a4 4 0 0 1 8 0v3"/>',
}
