"""Keeps notes from Python, and tells the errors apart."""

import sys
from datetime import datetime, timedelta, timezone

from notes import Change, ChangeAdded, ChangeDeleted, NewNote, NotAddedFailure, NotAddedTitleTakenFailure
from notes import NotesBlocking, NotFoundFailure, NotOpenedFailure, NotSearchedFailure, NotStored, NotStoredFailure, Query


def add(notes: NotesBlocking, title: str, text: str, *tags: str) -> None:
    try:
        print(f"added: {title} is note {notes.add(NewNote(title, text, set(tags)))}")
    except NotAddedTitleTakenFailure as failure:
        print(f"not added: {failure.error.title} is note {failure.error.by}")
    except NotAddedFailure as failure:
        print(f"not added: {failure}")


def told(change: Change) -> str:
    match change:
        case ChangeAdded(id, title):
            return f"{id} {title}"
        case ChangeDeleted(id):
            return f"{id} deleted"


def main(path: str) -> None:
    try:
        NotesBlocking.open("/nowhere/at/all")
    except NotOpenedFailure as failure:
        print(f"not opened: {failure.error.path}: {failure.error.cause}")

    changed: list[str] = []
    with NotesBlocking.open(path) as notes:
        notes.on_changed(lambda change: changed.append(told(change)))
        add(notes, "Boundary", "Rust calls are answered through a callback.", "rust", "ffi")
        add(notes, "Queue", "A worker takes the calls from a queue.", "rust")
        add(notes, "Boundary", "Once more.")
        add(notes, " ", "Nameless.")

        for found in notes.search(Query("calls", "rust", limit=1, offset=1)):
            print(f"found: {found.title}: {found.snippet}")
        try:
            notes.search(Query('"calls', None, limit=10, offset=0))
        except NotSearchedFailure as failure:
            print(f"not searched: {failure.error.words}: {failure.error.cause}")

        print("tags:", ", ".join(sorted(notes.get(1).tags)))
        notes.delete(1)
        try:
            notes.delete(1)
        except NotStoredFailure as failure:
            print(f"not deleted: {failure}" if failure.error is NotStored.NO_SUCH_NOTE else f"trouble: {failure}")
        try:
            notes.get(1)
        except NotFoundFailure as failure:
            print(f"not found: {failure.error.id}, of {failure.error.among}")

        there = notes.statistics()
        tags = " ".join(f"{tag} {count}" for tag, count in there.tags.items())
        is_recent = there.newest is not None and datetime.now(timezone.utc) - there.newest < timedelta(hours=1)
        when = "recently" if is_recent and there.open_for < timedelta(hours=1) else "long ago"
        print(f"there: {there.notes} notes, {there.bytes} bytes, {tags}, {when}")
    # What was told before the end was heard before the end.
    print("changed:", ", ".join(changed))


if __name__ == "__main__":
    main(*sys.argv[1:])
