"""The program's languages: gettext catalogues, dates and numbers, and what is extracted for translation.

Adding a language is adding `i18n/<tag>/LC_MESSAGES/kbviewer.po`; no code knows which languages there are.
"""
