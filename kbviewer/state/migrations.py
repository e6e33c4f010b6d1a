"""The schema, as the steps that lead to it. A step that has been released never changes."""

from __future__ import annotations

from typing import TypeAlias

Migrations: TypeAlias = tuple[tuple[str, ...], ...]

APPLICATION_ID = 0x6B627677
"""Stands in the file's header ("kbvw"), so that another program's database is not taken for ours."""

MIGRATIONS: Migrations = (
    (
        """CREATE TABLE ticks (
            article TEXT NOT NULL,
            step TEXT NOT NULL,
            ticked_at TEXT NOT NULL,
            PRIMARY KEY (article, step)
        ) STRICT, WITHOUT ROWID""",
        """CREATE TABLE places (
            article TEXT PRIMARY KEY,
            language TEXT NOT NULL,
            anchor TEXT NOT NULL,
            fraction REAL NOT NULL,
            saved_at TEXT NOT NULL
        ) STRICT, WITHOUT ROWID""",
        """CREATE TABLE choices (
            article TEXT NOT NULL,
            matrix TEXT NOT NULL,
            chosen_row INTEGER,
            chosen_column INTEGER,
            PRIMARY KEY (article, matrix)
        ) STRICT, WITHOUT ROWID""",
        """CREATE TABLE open_answers (
            article TEXT NOT NULL,
            question TEXT NOT NULL,
            PRIMARY KEY (article, question)
        ) STRICT, WITHOUT ROWID""",
        """CREATE TABLE recents (
            article TEXT PRIMARY KEY,
            language TEXT NOT NULL,
            opened_at TEXT NOT NULL
        ) STRICT, WITHOUT ROWID""",
        """CREATE TABLE comments (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            article TEXT NOT NULL,
            language TEXT NOT NULL,
            anchor TEXT NOT NULL,
            text TEXT NOT NULL,
            written_at TEXT NOT NULL
        ) STRICT""",
        """CREATE TABLE settings (
            name TEXT PRIMARY KEY,
            value TEXT NOT NULL
        ) STRICT, WITHOUT ROWID""",
    ),
    (
        """CREATE TABLE searches (
            query TEXT PRIMARY KEY,
            searched_at TEXT NOT NULL
        ) STRICT, WITHOUT ROWID""",
    ),
    (
        """CREATE TABLE cases (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            reference TEXT NOT NULL,
            language TEXT NOT NULL,
            started_at TEXT NOT NULL,
            outcome TEXT NOT NULL CHECK (outcome IN ('open', 'solved', 'escalated')),
            closed_at TEXT,
            CHECK ((outcome = 'open') = (closed_at IS NULL))
        ) STRICT""",
        """CREATE TABLE case_articles (
            case_id INTEGER NOT NULL,
            article TEXT NOT NULL,
            language TEXT NOT NULL,
            title TEXT NOT NULL,
            revision TEXT NOT NULL,
            added_at TEXT NOT NULL,
            PRIMARY KEY (case_id, article)
        ) STRICT, WITHOUT ROWID""",
        """CREATE TABLE case_answers (
            case_id INTEGER NOT NULL,
            article TEXT NOT NULL,
            matrix TEXT NOT NULL,
            chosen_row INTEGER,
            chosen_column INTEGER,
            row_text TEXT NOT NULL,
            column_text TEXT NOT NULL,
            category TEXT NOT NULL,
            language TEXT NOT NULL,
            answered_at TEXT NOT NULL,
            PRIMARY KEY (case_id, article, matrix)
        ) STRICT, WITHOUT ROWID""",
        """CREATE TABLE case_steps (
            case_id INTEGER NOT NULL,
            article TEXT NOT NULL,
            step TEXT NOT NULL,
            outcome TEXT NOT NULL CHECK (outcome IN ('done', 'failed', 'skipped')),
            note TEXT NOT NULL,
            set_at TEXT NOT NULL,
            language TEXT NOT NULL,
            number TEXT NOT NULL,
            text TEXT NOT NULL,
            fingerprint TEXT NOT NULL,
            PRIMARY KEY (case_id, article, step)
        ) STRICT, WITHOUT ROWID""",
        """CREATE TABLE case_notes (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            case_id INTEGER NOT NULL,
            text TEXT NOT NULL,
            written_at TEXT NOT NULL,
            edited_at TEXT
        ) STRICT""",
        "CREATE INDEX case_notes_of_case ON case_notes (case_id)",
    ),
    (
        """CREATE TABLE bookmarks (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            folder INTEGER NOT NULL,
            position INTEGER NOT NULL,
            article TEXT NOT NULL,
            anchor TEXT NOT NULL,
            name TEXT NOT NULL,
            title TEXT NOT NULL,
            place TEXT NOT NULL,
            language TEXT NOT NULL,
            created_at TEXT NOT NULL,
            origin TEXT NOT NULL DEFAULT ''
        ) STRICT""",
        """CREATE TRIGGER bookmarks_origin AFTER INSERT ON bookmarks WHEN NEW.origin = '' BEGIN
            UPDATE bookmarks SET origin = lower(hex(randomblob(16))) WHERE id = NEW.id;
        END""",
        "CREATE INDEX bookmarks_of_article ON bookmarks (article)",
        """CREATE TABLE annotations (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            article TEXT NOT NULL,
            anchor TEXT NOT NULL,
            text TEXT NOT NULL,
            excerpt TEXT NOT NULL,
            title TEXT NOT NULL,
            language TEXT NOT NULL,
            revision TEXT NOT NULL,
            written_at TEXT NOT NULL,
            UNIQUE (article, anchor)
        ) STRICT""",
    ),
    (
        """CREATE TABLE tabs (
            position INTEGER PRIMARY KEY,
            at INTEGER NOT NULL,
            is_current INTEGER NOT NULL
        ) STRICT""",
        """CREATE TABLE tab_stops (
            tab INTEGER NOT NULL,
            number INTEGER NOT NULL,
            article TEXT NOT NULL,
            anchor TEXT NOT NULL,
            block TEXT,
            fraction REAL,
            language TEXT,
            PRIMARY KEY (tab, number),
            CHECK ((block IS NULL) = (fraction IS NULL) AND (block IS NULL) = (language IS NULL))
        ) STRICT, WITHOUT ROWID""",
    ),
    (
        # What a row is called on every machine. What is there already is named by its birth, so that two
        # copies of a profile agree; what is new by chance, whoever inserts it.
        "ALTER TABLE cases ADD COLUMN origin TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE cases ADD COLUMN changed_at TEXT NOT NULL DEFAULT ''",
        "UPDATE cases SET origin = started_at || '/' || id, changed_at = coalesce(closed_at, started_at)",
        """CREATE TRIGGER cases_origin AFTER INSERT ON cases WHEN NEW.origin = '' BEGIN
            UPDATE cases SET origin = lower(hex(randomblob(16))) WHERE id = NEW.id;
        END""",
        "ALTER TABLE case_notes ADD COLUMN origin TEXT NOT NULL DEFAULT ''",
        "UPDATE case_notes SET origin = written_at || '/' || id",
        """CREATE TRIGGER case_notes_origin AFTER INSERT ON case_notes WHEN NEW.origin = '' BEGIN
            UPDATE case_notes SET origin = lower(hex(randomblob(16))) WHERE id = NEW.id;
        END""",
        "ALTER TABLE comments ADD COLUMN origin TEXT NOT NULL DEFAULT ''",
        "UPDATE comments SET origin = written_at || '/' || id",
        """CREATE TRIGGER comments_origin AFTER INSERT ON comments WHEN NEW.origin = '' BEGIN
            UPDATE comments SET origin = lower(hex(randomblob(16))) WHERE id = NEW.id;
        END""",
    ),
    (
        """CREATE TABLE case_questions (
            case_id INTEGER NOT NULL,
            article TEXT NOT NULL,
            question TEXT NOT NULL,
            text TEXT NOT NULL,
            language TEXT NOT NULL,
            answer TEXT NOT NULL,
            answered_at TEXT NOT NULL,
            PRIMARY KEY (case_id, article, question)
        ) STRICT, WITHOUT ROWID""",
    ),
    (
        # A note can be written long after the result that it is about.
        "ALTER TABLE case_steps ADD COLUMN noted_at TEXT",
        """CREATE TABLE drafts (
            place TEXT PRIMARY KEY,
            text TEXT NOT NULL,
            typed_at TEXT NOT NULL
        ) STRICT, WITHOUT ROWID""",
    ),
)
"""Step n (from 1) makes version n out of version n - 1; all of its statements or none."""
