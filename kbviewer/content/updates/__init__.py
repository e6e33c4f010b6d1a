"""Packs from signed repositories: what a publisher makes; what a computer fetches, checks, installs."""
