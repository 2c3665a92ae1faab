"""Files that people add to a case. What pages and services need of it:

    take_posted(application, request.FILES, keys, user)   take every `file-<key>`; gives the problems
    remove_posted(application, request.POST, user)        remove the file whose button `remove-file` was pressed
    file_questions(application, form, keys=, problems=)   what `applications/files/question.html` shows
    inspect(upload)                                       look whether we can take a file that belongs to another record
"""

from grants.applications.files.inspecting import Inspected, inspect
from grants.applications.files.refusal import UploadRefused
from grants.applications.files.showing import FileQuestion, file_questions, place_beside
from grants.applications.files.taking import VIEW, Problem, remove, remove_posted, store_scan, take, take_posted

__all__ = [
    "VIEW", "FileQuestion", "Inspected", "Problem", "UploadRefused", "file_questions", "inspect", "place_beside", "remove", "remove_posted", "store_scan",
    "take", "take_posted",
]
