"""Translations as work: what each text of an original said when its translation was accepted; PO files."""
