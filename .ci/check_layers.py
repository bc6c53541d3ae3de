#!/usr/bin/env python3
"""Checks the rooms of core, fhir and plugins against the table in core/README.md and their CMakeLists.txt.

A room is a folder with a row in the table. It includes what its row names, no more and no less, of other rooms the
public headers only, and holds at most 30 files, each named in its CMakeLists.txt. A source stands beside its header: x.cpp, or x_part.cpp,
beside x.hpp. What a public header includes of its room is public too.

usage: check_layers.py [ROOT]      prints FILE:LINE: what is wrong and what is allowed; exit 1 when anything is
"""

import pathlib
import re
import sys

TOP_FOLDERS = ("core", "fhir", "plugins")
HEADERS = {".h", ".hpp"}
SOURCES = {".c", ".cpp"}
MOST_FILES = 30
# Shared by plugins; every other room of plugins/ is one plugin.
SHARED_BY_PLUGINS = ("plugins/sdk", "plugins/rules", "plugins/cards")
# The entry points of a program and of a plugin: they need no header, and the plugin's is named by cdss_add_plugin.
ENTRY_POINTS = {"main.cpp", "plugin.cpp"}

INCLUDE = re.compile(r'\s*#\s*include\s*(["<])([^">]+)[">]')
COMMAND = re.compile(r"\bcdss_(?:library|add_plugin)\s*\(([^)]*)\)")

# What may be named in one place: a pattern, the files in which it may stand, and how that place is called.
ONE_PLACE = [
    (re.compile(r"\brapidjson(/|::)"), re.compile(r"core/json/.*"), "core/json"),
    (re.compile(r"\bboost(/|::)beast\b"), re.compile(r"core/http/.*"), "core/http"),
    (re.compile(r"\bdlm?open\s*\("), re.compile(r"core/worker/library\.cpp"), "core/worker/library.cpp"),
]


def folder_of(path):
    return path.rpartition("/")[0]


def read_table(readme):
    """The rows `| `room` | what | may include |` as {room: (line, set of rooms)}, in the order of the table."""
    rows = {}
    for number, line in enumerate(readme.read_text(encoding="utf-8").splitlines(), 1):
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        room = re.fullmatch(r"`([^`]+)`", cells[0]) if len(cells) == 3 else None
        if room:
            rows[room[1]] = number, set(cells[2].split())
    return rows


def check_table(root, rows, included):
    """(line, what is wrong) for each fault of the table itself. `included`: {room: the folders that it includes}."""
    above = set()
    for room, (line, allowed) in rows.items():
        if not (root / room).is_dir():
            yield line, f"{room} is no folder"
        for other in sorted(allowed):
            if other not in above:
                yield line, f"the row of {room} names {other}, which has no row above it"
            elif other not in included[room]:
                yield line, f"the row of {room} names {other}, of which it includes nothing"
        above.add(room)


class Room:
    """What a room's CMakeLists.txt says of it."""

    def __init__(self, folder):
        cmake = folder / "CMakeLists.txt"
        text = re.sub(r"#.*", "", cmake.read_text(encoding="utf-8")) if cmake.is_file() else ""
        self.words = set(re.findall(r"[^\s()\"]+", text))
        self.public, self.private = set(), set()
        for command in COMMAND.findall(text):
            kind = None
            for word in command.split():
                if word.isupper():
                    kind = word
                elif kind == "HEADERS":
                    self.public.add(word)
                elif kind == "PRIVATE_HEADERS":
                    self.private.add(word)


def check_room(folder, names, room):
    """(file, what is wrong) for what the room holds."""
    if len(names) > MOST_FILES:
        yield "CMakeLists.txt", f"the room has {len(names)} files, more than {MOST_FILES}: it is asking to be two"
    stems = {pathlib.PurePath(name).stem for name in names if pathlib.PurePath(name).suffix in HEADERS}
    for name in names:
        path = pathlib.PurePath(name)
        if path.suffix in HEADERS and name not in room.public | room.private:
            yield name, f"stands under neither HEADERS nor PRIVATE_HEADERS of {folder}/CMakeLists.txt"
        if path.suffix not in SOURCES or name in ENTRY_POINTS:
            continue
        if name not in room.words:
            yield name, f"is not named in {folder}/CMakeLists.txt"
        parts = path.stem.split("_")
        if not any("_".join(parts[:count]) in stems for count in range(1, len(parts) + 1)):
            yield name, "has no header here: x.cpp and x_part.cpp stand beside x.hpp"


def check_include(name, quote, target, rows, rooms):
    """What is wrong with `#include "target"` in the file `name`, or None."""
    if quote == "<":
        ours = target.split("/")[0] in TOP_FOLDERS + ("tests",)
        return f'<{target}> is ours: write it as "{target}"' if ours else None
    own, there, header = folder_of(name), folder_of(target), target.rpartition("/")[2]
    if there not in rows:
        return f'"{target}" is in no room of core/README.md: includes start at the root'
    if there == own:
        shows = name.rpartition("/")[2] in rooms[own].public and header in rooms[own].private
        return f'"{target}" is private, and this header shows it to other rooms: make it one of HEADERS' if shows else None
    is_plugin = [room.startswith("plugins/") and not room.startswith(SHARED_BY_PLUGINS) for room in (own, there)]
    if all(is_plugin):
        return f'"{target}" belongs to another plugin: what plugins share is in {", ".join(SHARED_BY_PLUGINS)}'
    allowed = rows[own][1]
    if there not in allowed:
        return f'"{target}" is not allowed here: {own} may include {" ".join(sorted(allowed)) or "nothing of ours"}'
    if header in rooms[there].private:
        return f'"{target}" is private to {there}: see PRIVATE_HEADERS in its CMakeLists.txt'
    return None


def check_source(name, text, rows, rooms):
    """(line, what is wrong) for each fault in the text of a file of a room."""
    for number, line in enumerate(text.splitlines(), 1):
        include = INCLUDE.match(line)
        fault = include and check_include(name, include[1], include[2], rows, rooms)
        if fault:
            yield number, fault
        for pattern, place, place_name in ONE_PLACE:
            found = pattern.search(line)
            if found and not place.fullmatch(name):
                yield number, f"names {found[0].rstrip('(/: ')}, which only {place_name} may"


def sources_of(root):
    """{folder: names of its C and C++ files} below the three top folders."""
    folders = {}
    for top in TOP_FOLDERS:
        for path in sorted((root / top).rglob("*")):
            if path.suffix in HEADERS | SOURCES and "node_modules" not in path.parts:
                folders.setdefault(folder_of(path.relative_to(root).as_posix()), []).append(path.name)
    return folders


def check(root):
    """Every fault below `root` as FILE:LINE: text."""
    rows = read_table(root / "core" / "README.md")
    if not rows:
        return ["core/README.md:1: has no table of rooms"]
    faults = []
    rooms = {name: Room(root / name) for name in rows}
    included = {name: set() for name in rows}
    for folder, names in sources_of(root).items():
        if folder not in rows:
            faults += [f"{folder}/{name}:1: is in no room of the table in core/README.md" for name in names]
            continue
        faults += [f"{folder}/{name}:1: {fault}" for name, fault in check_room(folder, names, rooms[folder])]
        for name in names:
            text = (root / folder / name).read_text(encoding="utf-8")
            faults += [f"{folder}/{name}:{line}: {fault}"
                       for line, fault in check_source(f"{folder}/{name}", text, rows, rooms)]
            included[folder] |= {folder_of(found[2]) for found in map(INCLUDE.match, text.splitlines()) if found}
    faults += [f"core/README.md:{line}: {fault}" for line, fault in check_table(root, rows, included)]
    return faults


def main():
    here = pathlib.Path(__file__).resolve().parent.parent
    faults = check(pathlib.Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else here)
    for fault in faults:
        print(fault)
    print(f"{len(faults)} faults" if faults else "every room keeps to core/README.md and its CMakeLists.txt")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
