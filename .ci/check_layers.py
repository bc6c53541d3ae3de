#!/usr/bin/env python3
"""Fails on an include that the table in core/README.md does not allow, and on what may be named in one place only.

usage: check_layers.py [ROOT]      prints FILE:LINE: what is wrong and what is allowed; exit 1 when anything is
"""

import os
import pathlib
import re
import sys

SOURCE_SUFFIXES = {".c", ".cpp", ".h", ".hpp"}
LAYERED = ("core", "fhir", "plugins")
NOT_OURS = {".git", "build", "node_modules", ".cache"}
# Shared by plugins; every other folder of plugins/ is one plugin.
PLUGIN_FLOORS = {"plugins/sdk", "plugins/rules", "plugins/cards"}

INCLUDE = re.compile(r'\s*#\s*include\s*(["<])([^">]+)[">]')

# What may be named in one place: a pattern, the files in which it may stand, and how that place is called.
ONE_PLACE = [
    (re.compile(r"\brapidjson(/|::)"), re.compile(r"core/json/\w+\.cpp"), "core/json"),
    (re.compile(r"\bboost(/|::)beast\b"), re.compile(r"core/http/.*"), "core/http"),
    (re.compile(r"\bdlm?open\s*\("), re.compile(r"core/worker/library\.cpp"), "core/worker/library.cpp"),
]

# Folders that every machine has: naming them says nothing about the machine this was written on.
COMMON_FOLDERS = {"/", "/bin", "/boot", "/dev", "/etc", "/home", "/lib", "/mnt", "/opt", "/proc", "/root", "/run",
                  "/sbin", "/srv", "/sys", "/tmp", "/usr", "/usr/local", "/usr/local/src", "/usr/src", "/var", "/var/lib",
                  "/var/tmp"}
UPWARDS = re.compile(r"(?<![\w./])(?:\.\./)+[\w.-]+(?:/[\w.-]+)*")


def read_table(readme):
    """The rows `| `folder` | what | may include |` as {folder: set of folders}."""
    allowed = {}
    for line in readme.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        folder = re.fullmatch(r"`([\w/-]+)`", cells[0]) if len(cells) == 3 else None
        if folder:
            allowed[folder[1]] = set(cells[2].split())
    return allowed


def floor_of(path, floors):
    """The folder of the table that holds `path`, or None."""
    for folder in sorted(floors, key=len, reverse=True):
        if path.startswith(folder + "/"):
            return folder
    return None


def check_include(name, quote, target, allowed):
    """What is wrong with `#include "target"` in the file `name`, or None."""
    own = floor_of(name, allowed)
    ours = target.split("/")[0] in LAYERED + ("tests",)
    if quote == "<" and not ours:
        return None
    if quote == "<":
        return f'<{target}> is ours: write it as "{target}"'
    there = floor_of(target, allowed)
    if there is None:
        return f'"{target}" is not in a folder of core/README.md: includes start at the root'
    if there == own:
        return None
    others = {folder for folder in allowed if folder.startswith("plugins/")} - PLUGIN_FLOORS
    if own in others and there in others:
        return f'"{target}" belongs to another plugin: what plugins share stands in plugins/cards, rules or sdk'
    if there not in allowed[own]:
        may = " ".join(sorted(allowed[own])) or "nothing of ours"
        return f'"{target}" is not allowed here: {own} may include {may}'
    return None


def check_source(name, text, allowed):
    """(line, what is wrong) for each fault of a source file in core, fhir or plugins."""
    if floor_of(name, allowed) is None:
        yield 1, "is in no folder of the table in core/README.md"
        return
    for number, line in enumerate(text.splitlines(), 1):
        include = INCLUDE.match(line)
        fault = include and check_include(name, include[1], include[2], allowed)
        if fault:
            yield number, fault
        for pattern, place, place_name in ONE_PLACE:
            found = pattern.search(line)
            if found and not place.fullmatch(name):
                yield number, f"names {found[0].rstrip('(/: ')}, which only {place_name} may"


def outside_paths(root):
    """The folders at and above the project that are particular to this machine, and what stands beside it, as one
    pattern, or None. A folder at the top of the file system is none of them: `/tests` or `/code` is also in a URL."""
    folders = [root, *root.parents]
    if str(root.parent) not in COMMON_FOLDERS:
        folders += root.parent.iterdir()
    own = {str(folder) for folder in folders if len(folder.parts) > 2} - COMMON_FOLDERS
    names = "|".join(re.escape(path) for path in sorted(own, key=len, reverse=True))
    return re.compile(rf"(?<![\w./-])(?:{names})(?![\w-])") if names else None


def leaves_project(root, file, path):
    """True when a relative path leads to something beside the project, from the file's folder or from the root. What
    stands in a folder that every machine has does not count: `/etc` is beside a project that is cloned to `/`."""
    for base in (file.parent, root):
        target = pathlib.Path(os.path.normpath(base / path))
        if root.parent not in target.parents or root == target or root in target.parents:
            continue
        neighbour = root.parent / target.relative_to(root.parent).parts[0]
        if str(neighbour) not in COMMON_FOLDERS and target.exists():
            return True
    return False


def check_paths(root, file, text, absolute):
    """(line, what is wrong) for each path that leads out of the project."""
    for number, line in enumerate(text.splitlines(), 1):
        if absolute and absolute.search(line):
            yield number, "names a folder of the machine it was written on: nothing may lead out of the project"
        for path in UPWARDS.findall(line):
            if leaves_project(root, file, path):
                yield number, f"{path} leads out of the project"


def files_of(root):
    for path in sorted(root.iterdir()):
        if path.name in NOT_OURS:
            continue
        if path.is_dir() and not path.is_symlink():
            yield from files_of(path)
        elif path.is_file():
            yield path


def check(root):
    """Every fault below `root` as FILE:LINE: text."""
    allowed = read_table(root / "core" / "README.md")
    if not allowed:
        return ["core/README.md:1: has no table of folders"]
    faults = [f"core/README.md:1: the row of {folder} names {other}, which has no row"
              for folder, others in allowed.items() for other in sorted(others - set(allowed))]
    absolute = outside_paths(root)
    for file in files_of(root):
        name = file.relative_to(root).as_posix()
        try:
            text = file.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue  # not text
        if name.startswith(tuple(folder + "/" for folder in LAYERED)) and file.suffix in SOURCE_SUFFIXES:
            faults += [f"{name}:{line}: {fault}" for line, fault in check_source(name, text, allowed)]
        faults += [f"{name}:{line}: {fault}" for line, fault in check_paths(root, file, text, absolute)]
    return faults


def main():
    here = pathlib.Path(__file__).resolve().parent.parent
    faults = check(pathlib.Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else here)
    for fault in faults:
        print(fault)
    print(f"{len(faults)} faults" if faults else "every include is allowed by core/README.md")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
