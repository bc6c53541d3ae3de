#!/usr/bin/env python3
"""Measures what a hook call costs `psoas-cds serve`, as a ratio to a bare Beast and RapidJSON server.

Both are started in turn, A B A B, and get the same bodies over keep-alive connections; processor time
is summed over each server's process tree. Without --server and --floor the bare server is measured
against itself, which must give a ratio of about 1.
"""

import argparse
import json
import os
import pathlib
import re
import statistics
import subprocess
import sys
import tempfile

import body

START_SECONDS = 30


class Failure(Exception):
    """One sentence for the user."""


class Server:
    """A process that prints `listening on http://127.0.0.1:PORT`; ended on leaving."""

    def __init__(self, command):
        self.command = [str(part) for part in command]

    def __enter__(self):
        self.log = tempfile.TemporaryFile("w+")
        self.process = subprocess.Popen(self.command, stdout=subprocess.PIPE, stderr=self.log, text=True)
        for line in self.process.stdout:
            found = re.search(r"listening on https?://127\.0\.0\.1:(\d+)", line)
            if found:
                self.port = int(found.group(1))
                return self
        self.log.seek(0)
        raise Failure(f"{self.command[0]} did not start: {self.log.read().strip()[-500:]}")

    def __exit__(self, *_):
        self.process.terminate()
        try:
            self.process.communicate(timeout=START_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.communicate()
        self.log.close()


def measure(options, command, path, file):
    """One run of the load program against a server of its own."""
    with Server(command) as server:
        load = [options.bin / "bench_load", "--port", server.port, "--pid", server.process.pid,
                "--path", path, "--body", file, "--connections", options.connections,
                "--requests", options.requests, "--warm-up", max(options.requests // 10, 1)]
        if options.rate:
            load += ["--rate", options.rate]
        done = subprocess.run([str(part) for part in load], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise Failure(done.stderr.strip())
    result = json.loads(done.stdout)
    if result["failures"]:
        raise Failure(f"{result['failures']} of {result['requests']} answers of {command[0]} were not 200")
    return result


def compare(options, file):
    """The medians of both servers over all rounds for one body."""
    bare = [options.bin / "bench_baseline", "--threads", options.threads]
    ours = bare
    if options.floor:
        ours = [options.bin / "bench_floor", "--threads", options.threads]
    elif options.server:
        ours = [options.server, "serve", "--config", options.config, "--port", "0"]
    results = ([], [])
    for _ in range(options.rounds):
        for which, command in enumerate((bare, ours)):
            results[which].append(measure(options, command, options.path, file))

    def median(which, name):
        return statistics.median(result[name] for result in results[which])

    names = ("cpu_us", "p50_us", "p99_us", "requests_per_second")
    return {"bytes": os.path.getsize(file),
            "baseline": {name: median(0, name) for name in names},
            "server": {name: median(1, name) for name in names},
            "ratio": median(1, "cpu_us") / median(0, "cpu_us")}


def bodies(options, folder):
    """The files to send: those given, and those made of --request."""
    files = list(options.bodies)
    if options.request:
        request = json.loads(options.request.read_text(encoding="utf-8"))
        for size in options.sizes:
            file = pathlib.Path(folder) / f"body-{size}k.json"
            file.write_text(body.of_size(request, size * 1000), encoding="utf-8")
            files.append(file)
    if not files:
        raise Failure("give body files, or --request FILE to make them of")
    return files


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("bodies", nargs="*", type=pathlib.Path, help="files with one hook call each")
    parser.add_argument("--bin", type=pathlib.Path, default=pathlib.Path("build/release/bin"),
                        help="folder of bench_baseline and bench_load (%(default)s)")
    parser.add_argument("--server", type=pathlib.Path, help="the program psoas-cds")
    parser.add_argument("--config", type=pathlib.Path, help="its configuration, with explain off")
    parser.add_argument("--floor", action="store_true",
                        help="measure core/http and core/base alone instead of psoas-cds")
    parser.add_argument("--path", default="/cds-services/hip-replacement", help="(%(default)s)")
    parser.add_argument("--request", type=pathlib.Path, help="a real hook call to make bodies of")
    parser.add_argument("--sizes", type=int, nargs="+", default=[3, 27, 450], metavar="KB",
                        help="sizes of the bodies made of --request (3 27 450)")
    parser.add_argument("--threads", type=int, default=os.cpu_count(), help="of the bare server (%(default)s)")
    parser.add_argument("--connections", type=int, default=4, help="(%(default)s)")
    parser.add_argument("--requests", type=int, default=5000, help="in each run (%(default)s)")
    parser.add_argument("--rounds", type=int, default=5, help="runs of each server (%(default)s)")
    parser.add_argument("--rate", type=float, help="requests a second, instead of as many as it can")
    parser.add_argument("--most", type=float, nargs="+", metavar="RATIO",
                        help="fail when a ratio is above these, one for each body")
    parser.add_argument("--json", action="store_true", help="print one JSON object a body")
    options = parser.parse_args()
    if bool(options.server) != bool(options.config):
        parser.error("--server and --config go together")
    return options


def show(options, result):
    if options.json:
        print(json.dumps(result), flush=True)
        return
    bare, ours = result["baseline"], result["server"]
    print(f"{result['bytes'] / 1000:8.1f} {bare['cpu_us']:10.1f} {ours['cpu_us']:10.1f} {result['ratio']:7.2f}"
          f" {bare['p50_us']:10.0f} {ours['p50_us']:10.0f} {bare['p99_us']:10.0f} {ours['p99_us']:10.0f}"
          f" {ours['requests_per_second']:9.0f}", flush=True)


def main():
    options = arguments()
    with tempfile.TemporaryDirectory() as folder:
        files = bodies(options, folder)
        if options.most and len(options.most) != len(files):
            raise Failure(f"--most needs {len(files)} numbers, one for each body")
        if not options.json:
            print("    KB   bare CPU  ours CPU   ratio   bare p50   ours p50   bare p99   ours p99  ours r/s\n"
                  "         us/call    us/call                us         us         us         us")
        results = []
        for file in files:
            results.append(compare(options, file))
            show(options, results[-1])
    over = [result for result, most in zip(results, options.most or []) if result["ratio"] > most]
    for result in over:
        print(f"{result['bytes']} bytes: the ratio is {result['ratio']:.2f}, above its budget", file=sys.stderr)
    return 1 if over else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Failure as failure:
        print(f"bench_server: {failure}", file=sys.stderr)
        sys.exit(1)
