"""Makes hook calls of a wanted size out of a real one."""

import copy
import json


def bundles(request):
    """The entry lists of the prefetched Bundles that have any."""
    prefetch = request.get("prefetch", {})
    return [value["entry"] for value in prefetch.values()
            if isinstance(value, dict) and value.get("resourceType") == "Bundle" and value.get("entry")]


def size_of(value):
    return len(json.dumps(value, separators=(",", ":")).encode())


def renamed(entry, number):
    """The same resource as another one, so that no reader can take it for a duplicate."""
    entry = copy.deepcopy(entry)
    name = f"bench-{number}"
    if "fullUrl" in entry:
        entry["fullUrl"] = entry["fullUrl"].rsplit("/", 1)[0] + "/" + name
    entry["resource"]["id"] = name
    return entry


def grown(request, wanted):
    """Repeats the entries of all Bundles in turn until the text is `wanted` bytes or just more."""
    lists = bundles(request)
    if not lists:
        raise ValueError("the request has no prefetched Bundle with entries, so it cannot grow")
    originals = [list(entries) for entries in lists]
    size, number = size_of(request), 0
    while size < wanted:
        which = number % len(lists)
        original = originals[which][number // len(lists) % len(originals[which])]
        entry = renamed(original, number)
        lists[which].append(entry)
        size += size_of(entry) + 1
        number += 1
    return request


def shrunk(request, wanted):
    """Drops the last entry of the longest Bundle until the text is at most `wanted` bytes or each
    Bundle has one left."""
    size = size_of(request)
    while size > wanted:
        longest = max(bundles(request), key=len, default=[])
        if len(longest) < 2:
            break
        size -= size_of(longest.pop()) + 1
    return request


def of_size(request, wanted):
    """The request as JSON text of about `wanted` bytes."""
    request = copy.deepcopy(request)
    change = grown if size_of(request) < wanted else shrunk
    return json.dumps(change(request, wanted), separators=(",", ":"))
