"""Files on a page that has text fields too: what was typed is kept first, then these are taken, and one removed when its button was pressed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from grants.applications.files import Problem, UploadRefused, remove_posted, take_posted
from grants.applications.models import Application


@dataclass(frozen=True, slots=True)
class Attached:
    """What became of the files of one posted page. With one of these the page is shown again, before anything is sent in."""

    problems: tuple[Problem, ...] = ()
    removing: bool = False

    @property
    def stays(self) -> bool:
        return bool(self.problems) or self.removing


def attach(request: HttpRequest, application: Application, keys: Iterable[str]) -> Attached:
    """Take the posted files for these keys, and remove the one whose button was pressed: that is told above the page that follows."""
    problems = take_posted(application, request.FILES, keys, request.user)
    removing = bool(request.POST.get("remove-file"))
    try:
        removed = remove_posted(application, request.POST, request.user)
    except UploadRefused as error:
        messages.error(request, str(error))
    else:
        if removed:
            messages.success(request, _("Het bestand %(name)s is verwijderd. Wat u typte, is bewaard.") % {"name": removed})
    return Attached(tuple(problems), removing)
