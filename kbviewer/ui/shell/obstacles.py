"""Why an article is not shown, as a page with a next step."""

from __future__ import annotations

from collections.abc import Callable

from kbviewer.model.errors import ArticleNotFoundError, KbError
from kbviewer.model.messages import N_, Gettext, message
from kbviewer.ui.shell.reader import Obstacle
from kbviewer.ui.shell.status_page import NextStep, Status

Handler = Callable[[], object]


def obstacle_status(
    obstacle: Obstacle,
    *,
    search: Handler,
    reload: Handler,
    home: Handler,
    other: Handler,
    libraries: Handler | None = None,
) -> Status:
    """Return what stands on the page: not in this library, or broken with file and line.

    Args:
        libraries: shows which libraries are on, None when all are.
    """
    to_home = NextStep(N_("Go to the start page"), home)
    if isinstance(obstacle.error, ArticleNotFoundError):
        name = obstacle.title or obstacle.reference
        if libraries is not None:
            return Status(
                icon="book",
                title=message(N_("Not in an open library")),
                sentence=message(
                    N_(
                        "The article “{title}” is in none of the libraries that are on. It may be in one "
                        "that is switched off; what you have written about it is kept."
                    ),
                    title=name,
                ),
                steps=(
                    NextStep(N_("Libraries…"), libraries),
                    NextStep(N_("Search for this"), search),
                    to_home,
                ),
            )
        return Status(
            icon="search",
            title=message(N_("Not in this library")),
            sentence=message(N_("The article “{title}” is not in the open library."), title=name),
            steps=(NextStep(N_("Search for this"), search), to_home),
        )

    def details(gettext: Gettext) -> list[str]:
        lines = [problem.render(gettext) for problem in obstacle.problems]
        return lines or [obstacle.error.render(gettext)]

    if obstacle.readable_in:
        steps = (NextStep(N_("Read it in another language"), other), to_home)
    else:
        steps = (NextStep(N_("Try again"), reload), to_home)
    return Status(
        icon="warning",
        title=message(N_("This article cannot be shown")),
        sentence=message(
            N_("Its file has a fault that an editor must mend. The other articles are not affected.")
        ),
        details=details,
        steps=steps,
        urgent=True,
    )


def loading_status(stop: Handler) -> Status:
    """Return the page for a library that is being read."""
    return Status(
        icon="book",
        title=message(N_("Loading …")),
        sentence=message(N_("The articles are being read. This takes a moment with a large folder.")),
        steps=(NextStep(N_("Cancel"), stop),),
        is_work=True,
    )


def stopped_status(again: Handler, other: Handler | None) -> Status:
    """Return the page for a library that somebody did not want to wait for; `other` is None for no other."""
    steps = [NextStep(N_("Read on"), again)]
    if other is not None:
        steps.append(NextStep(N_("Open library folder…"), other))
    return Status(
        icon="book",
        title=message(N_("The articles have not been read to the end")),
        sentence=message(N_("What has been read is kept: the next time takes less.")),
        steps=tuple(steps),
    )


def unreachable_status(error: KbError, again: Handler, other: Handler | None) -> Status:
    """Return the page for a library on a share that cannot be read, and of which there is no copy yet."""
    steps = [NextStep(N_("Try again"), again)]
    if other is not None:
        steps.append(NextStep(N_("Open library folder…"), other))
    return Status(
        icon="warning",
        title=message(N_("The articles cannot be reached")),
        sentence=message(N_("{what} {remedy}"), what=error.what, remedy=error.remedy or ""),
        steps=tuple(steps),
        urgent=True,
    )
