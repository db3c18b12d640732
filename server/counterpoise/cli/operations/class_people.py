"""The people of the classes in a data folder, found by their tokens of a session, to take them out for good."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from counterpoise.classes.classroom import without
from counterpoise.store.class_book import ClassBook
from counterpoise.store.lock import FileLock


class ClassPeople:
    """The people of the classes of one data folder.

    Args:
        folder: the data folder.

    Raises:
        StorageError: the file of the classes cannot be used.
    """

    def __init__(self, folder: Path) -> None:
        self._folder, self._book = folder, ClassBook(folder)
        self._rooms = {room.id: room for room in self._book.load()} if self._book.exists else {}

    def close(self) -> None:
        """Close the file."""
        self._book.close()

    def found(self, session: str, links: Collection[int]) -> list[tuple[str, str]]:
        """Return the class and the id of everybody whose way to a seat of a session is one of these links."""
        return [
            (room.id, person.id)
            for room in self._rooms.values()
            for person in room.people.values()
            if person.grant in links and person.world in room.worlds and room.worlds[person.world].session == session
        ]

    def take_out(self, found: Collection[tuple[str, str]]) -> None:
        """Erase people with their names and numbers.

        Raises:
            LockedError: a server runs on the folder, which has its classes in memory.
            StorageError: they may still be on the disk.
        """
        if not found:
            return
        lock = FileLock(self._folder / "server")
        try:
            for class_id, person in found:
                room = self._rooms[class_id]
                self._rooms[class_id] = without(room, person)
                self._book.save(room, self._rooms[class_id])
        finally:
            lock.release()
