"""Sessions: agenda, who came, statements and votes, answers to open questions, advices and what became of them."""

from sqlite_utils import Database, Migrations

from feedback.database.owned import Owned

migrations = Migrations("sessions")

owned = (
    # Others voted on it, so the row stays when its words go.
    Owned("statements", words=("text", "first_text"), keep_row=True),
    Owned("votes", words=("statement", "vote")),
    Owned("responses", words=("text",)),
    Owned("attendance", words=("role",), moment="joined"),
)

moderated = ("statements", "responses")

SESSIONS = """
CREATE TABLE sessions (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL CHECK (kind IN ('klankbordgroep', 'kennistafel', 'werkgroep')),
    title TEXT NOT NULL,
    date TEXT NOT NULL,
    place TEXT NOT NULL DEFAULT '',
    area TEXT NOT NULL,
    code TEXT UNIQUE,
    state TEXT NOT NULL CHECK (state IN ('draft', 'open', 'closed')),
    report TEXT NOT NULL DEFAULT 'none' CHECK (report IN ('none', 'concept', 'adopted')),
    moderation TEXT NOT NULL CHECK (moderation IN ('before', 'after')),
    item TEXT,
    snapshot TEXT,
    made TEXT NOT NULL,
    opened TEXT,
    closed TEXT,
    adopted TEXT,
    minutes TEXT NOT NULL DEFAULT '',
    organisations TEXT NOT NULL DEFAULT '',
    attended TEXT NOT NULL DEFAULT '{}'
)
"""

AGENDA = """
CREATE TABLE agenda (
    id TEXT PRIMARY KEY,
    session TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('look', 'scenario', 'statements', 'thresholds', 'question', 'request')),
    title TEXT NOT NULL,
    text TEXT NOT NULL DEFAULT '',
    target TEXT NOT NULL DEFAULT '',
    documents TEXT NOT NULL DEFAULT '[]',
    deadline TEXT,
    minutes INTEGER,
    ends TEXT,
    revealed INTEGER NOT NULL DEFAULT 0
)
"""

STATEMENTS = """
CREATE TABLE statements (
    id TEXT PRIMARY KEY,
    session TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    item TEXT REFERENCES agenda (id) ON DELETE SET NULL,
    number INTEGER NOT NULL,
    person TEXT,
    text TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'published', 'hidden')),
    seed INTEGER NOT NULL DEFAULT 0,
    meta INTEGER NOT NULL DEFAULT 0,
    published_consensus REAL,
    sent TEXT NOT NULL,
    UNIQUE (session, number)
)
"""

# ``ballot`` is a random number for one person in one session: it keeps the votes of a person together when the link
# to the person is cut, so that opinion groups can still be computed and nobody can be found.
VOTES = """
CREATE TABLE votes (
    id TEXT PRIMARY KEY,
    session TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    statement TEXT NOT NULL REFERENCES statements (id) ON DELETE CASCADE,
    ballot TEXT NOT NULL,
    person TEXT,
    vote INTEGER NOT NULL CHECK (vote IN (-1, 0, 1)),
    sent TEXT NOT NULL,
    UNIQUE (ballot, statement)
)
"""

GROUPS = """
CREATE TABLE imported_groups (
    session TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    ballot TEXT NOT NULL,
    group_id INTEGER NOT NULL,
    PRIMARY KEY (session, ballot)
)
"""

RESPONSES = """
CREATE TABLE responses (
    id TEXT PRIMARY KEY,
    session TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    item TEXT NOT NULL REFERENCES agenda (id) ON DELETE CASCADE,
    person TEXT,
    text TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'published', 'hidden')),
    paper INTEGER NOT NULL DEFAULT 0,
    sent TEXT NOT NULL
)
"""

ATTENDANCE = """
CREATE TABLE attendance (
    id TEXT PRIMARY KEY,
    session TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    person TEXT,
    role TEXT,
    joined TEXT NOT NULL,
    UNIQUE (session, person)
)
"""

ADVICES = """
CREATE TABLE advices (
    id TEXT PRIMARY KEY,
    number INTEGER NOT NULL,
    session TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    text TEXT NOT NULL,
    supported_by TEXT NOT NULL DEFAULT '',
    minority TEXT NOT NULL DEFAULT '',
    due TEXT NOT NULL,
    made TEXT NOT NULL
)
"""

LINKS = """
CREATE TABLE advice_links (
    advice TEXT NOT NULL REFERENCES advices (id) ON DELETE CASCADE,
    kind TEXT NOT NULL CHECK (kind IN ('contribution', 'statement', 'response')),
    target TEXT NOT NULL,
    PRIMARY KEY (advice, kind, target)
)
"""

ANSWERS = """
CREATE TABLE answers (
    id TEXT PRIMARY KEY,
    advice TEXT NOT NULL REFERENCES advices (id) ON DELETE CASCADE,
    state TEXT NOT NULL CHECK (state IN ('adopted', 'partly', 'study', 'rejected')),
    text TEXT NOT NULL,
    answered_by TEXT NOT NULL DEFAULT '',
    due TEXT,
    made TEXT NOT NULL
)
"""


@migrations()
def sessions(db: Database) -> None:
    """Make all tables of sessions, and the indexes by which they are read."""
    for table in (SESSIONS, AGENDA, STATEMENTS, VOTES, GROUPS, RESPONSES, ATTENDANCE, ADVICES, LINKS, ANSWERS):
        db.execute(table)
    for table, columns in (
        ("agenda", "session"),
        ("statements", "session"),
        ("statements", "person"),
        ("votes", "statement"),
        ("votes", "session, person"),
        ("votes", "person"),
        ("responses", "item"),
        ("responses", "person"),
        ("attendance", "person"),
        ("advices", "session"),
        ("answers", "advice"),
    ):
        name = columns.replace(", ", "_and_")
        db.execute(f"CREATE INDEX {table}_by_{name} ON {table} ({columns})")


@migrations()
def mending(db: Database) -> None:
    """Keep what mending needs: what a statement first said, when something was changed, and what came from paper.

    ``rehearsal`` is a session that is tried out: all that is sent to it is wiped.
    """
    db.execute("ALTER TABLE sessions ADD COLUMN rehearsal INTEGER NOT NULL DEFAULT 0")
    db.execute("ALTER TABLE statements ADD COLUMN first_text TEXT NOT NULL DEFAULT ''")
    db.execute("ALTER TABLE statements ADD COLUMN corrected TEXT")
    db.execute("ALTER TABLE advices ADD COLUMN changed TEXT")
    db.execute("ALTER TABLE answers ADD COLUMN changed TEXT")
    db.execute("ALTER TABLE answers ADD COLUMN withdrawn TEXT")
    db.execute("ALTER TABLE votes ADD COLUMN paper INTEGER NOT NULL DEFAULT 0")


@migrations()
def report_versions(db: Database) -> None:
    """Make the table of what was done with reports in public: adopted, rectified or withdrawn, and why."""
    db.execute(
        """
        CREATE TABLE report_versions (
            id TEXT PRIMARY KEY,
            session TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
            version INTEGER NOT NULL,
            act TEXT NOT NULL CHECK (act IN ('adopted', 'rectified', 'withdrawn')),
            note TEXT NOT NULL DEFAULT '',
            at TEXT NOT NULL
        )
        """
    )
    db.execute("CREATE INDEX report_versions_by_session ON report_versions (session)")
    db.execute(
        "INSERT INTO report_versions (id, session, version, act, at) "
        "SELECT id || '-1', id, 1, 'adopted', adopted FROM sessions WHERE report = 'adopted' AND adopted IS NOT NULL"
    )


@migrations()
def guessing(db: Database) -> None:
    """Let an item be a guessing round, and keep when its answers were first shown.

    The check on the kinds goes with its column: nothing of the table, or of what refers to it, has to be made anew.
    """
    kinds = "'look', 'scenario', 'statements', 'thresholds', 'guess', 'question', 'request'"
    db.execute(f"ALTER TABLE agenda ADD COLUMN any_kind TEXT NOT NULL DEFAULT 'look' CHECK (any_kind IN ({kinds}))")
    db.execute("UPDATE agenda SET any_kind = kind")
    db.execute("ALTER TABLE agenda DROP COLUMN kind")
    db.execute("ALTER TABLE agenda RENAME COLUMN any_kind TO kind")
    db.execute("ALTER TABLE agenda ADD COLUMN shown TEXT")
    db.execute("UPDATE agenda SET shown = (SELECT opened FROM sessions WHERE id = session) WHERE revealed")


_KINDS = (
    "look",
    "scenario",
    "statements",
    "thresholds",
    "guess",
    "needless",
    "card",
    "saturday",
    "question",
    "request",
)


@migrations()
def choosing(db: Database) -> None:
    """Let an item ask how often for nothing, judge a card of the playbook, or play a frozen day."""
    kinds = ", ".join(f"'{kind}'" for kind in _KINDS)
    db.execute(f"ALTER TABLE agenda ADD COLUMN any_kind TEXT NOT NULL DEFAULT 'look' CHECK (any_kind IN ({kinds}))")
    db.execute("UPDATE agenda SET any_kind = kind")
    db.execute("ALTER TABLE agenda DROP COLUMN kind")
    db.execute("ALTER TABLE agenda RENAME COLUMN any_kind TO kind")


@migrations()
def packages(db: Database) -> None:
    """Let a session be for work packages: their ids, as JSON."""
    db.execute("ALTER TABLE sessions ADD COLUMN packages TEXT NOT NULL DEFAULT '[]'")
