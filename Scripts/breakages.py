#!/usr/bin/env python3
"""Breaks features one by one and sees that the tests which carry their row's number turn red.

A breakage of Scripts/breakages.toml is one change of the sources that still compiles and takes a promised feature away.
For each one that is chosen: the change is made, Ward is built, the system tests of its rows run, the change is taken
back. A breakage after which all of them pass means that the feature is not tested; the exit status is then 1.

  Scripts/breakages.py --count 20 --seed 1     twenty of them, chosen by seed
  Scripts/breakages.py --only 118-timer        one by its name
  Scripts/breakages.py --check                 every change still applies (part of `make ci`), nothing is built

The sources are changed in place and put back at the end, also after Ctrl-C; a tree with changes is refused.
"""

import argparse
import ast
import os
import random
import re
import subprocess
import sys
import time
import tomllib
from dataclasses import dataclass
from pathlib import Path

import features

ROOT = Path(__file__).resolve().parent.parent
LIST = ROOT / "Scripts/breakages.toml"
BINARY = ROOT / ".build/debug/ward"
TESTS_SECONDS = 300


@dataclass(frozen=True)
class Breakage:
    name: str
    what: str
    file: str
    find: str
    replace: str

    @property
    def rows(self) -> set[int]:
        return {int(number) for number in re.match(r"[\d,]+", self.name)[0].split(",")}

    @property
    def path(self) -> Path:
        return ROOT / self.file

    def problem(self) -> str | None:
        """Why the change cannot be made, if so."""
        if not self.path.is_file():
            return f"{self.name}: there is no {self.file}"
        count = self.path.read_text(encoding="utf-8").count(self.find)
        return None if count == 1 else f"{self.name}: {self.file} holds the text {count} times"

    def apply(self) -> None:
        text = self.path.read_text(encoding="utf-8")
        self.path.write_text(text.replace(self.find, self.replace), encoding="utf-8")


def breakages() -> list[Breakage]:
    return [Breakage(name, **entry) for name, entry in tomllib.loads(LIST.read_text(encoding="utf-8")).items()]


def tests_of(rows: set[int]) -> list[str]:
    """The node ids of the system tests that carry one of these numbers."""
    found = []
    for path in sorted((ROOT / "Tests/System").glob("test_*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.FunctionDef) or not node.name.startswith("test"):
                continue
            match = features.NUMBERED.match(ast.get_docstring(node) or "")
            if match and rows & {int(number) for number in re.findall(r"\d+", match[1])}:
                found.append(f"{path.relative_to(ROOT)}::{node.name}")
    return found


def run(command: list[str], seconds: int) -> tuple[int, str]:
    try:
        done = subprocess.run(
            command, cwd=ROOT, capture_output=True, text=True, timeout=seconds,
            env={**os.environ, "WARD_BINARY": str(BINARY)})
    except subprocess.TimeoutExpired:
        return 124, f"no end after {seconds} s"
    return done.returncode, done.stdout + done.stderr


def build() -> str | None:
    """What the compiler said, if it failed."""
    status, output = run(["swift", "build", "--product", "ward"], 900)
    errors = [line for line in output.splitlines() if "error:" in line]
    return None if status == 0 else (errors or ["the build failed"])[0]


def verdict(breakage: Breakage) -> tuple[bool, str]:
    """Whether a test noticed, and what to print."""
    tests = tests_of(breakage.rows)
    if not tests:
        return False, "NO TEST carries the number"
    breakage.apply()
    try:
        if trouble := build():
            return False, f"DOES NOT COMPILE: {trouble}"
        python = str(ROOT / ".build-python/bin/python")
        status, output = run([python, "-m", "pytest", "-x", "-q", "--tb=no", "--no-header", *tests], TESTS_SECONDS)
    finally:
        subprocess.run(["git", "checkout", "--quiet", "--", breakage.file], cwd=ROOT, check=True)
    if status == 0:
        return False, f"NOT NOTICED by {len(tests)} tests"
    if status not in (1, 124):
        return False, f"THE TESTS DID NOT RUN: {output.strip().splitlines()[-1]}"
    red = re.findall(r"^(?:FAILED|ERROR) \S*?(test_\S+)", output, re.MULTILINE)
    return True, f"red: {red[0] if red else output.strip().splitlines()[-1]}"


def main() -> int:
    parser = argparse.ArgumentParser(description="breaks features and sees that tests turn red")
    parser.add_argument("--count", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", action="append", default=[])
    parser.add_argument("--rows", metavar="A-B,C", help="choose among the breakages of these rows only")
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()

    everything = breakages()
    problems = [problem for problem in (each.problem() for each in everything) if problem]
    if problems:
        print("\n".join(problems), file=sys.stderr)
        print("Code that Scripts/breakages.toml quotes has moved: change the quotation with it.", file=sys.stderr)
        return 1
    if options.check:
        print(f"{len(everything)} breakages apply")
        return 0
    if options.rows:
        spans = [[int(number) for number in part.split("-")] for part in options.rows.split(",")]
        everything = [each for each in everything if any(span[0] <= row <= span[-1] for span in spans for row in each.rows)]
    chosen = [each for each in everything if each.name in options.only] if options.only else random.Random(
        options.seed).sample(everything, min(options.count, len(everything)))
    dirty = subprocess.run(["git", "status", "--porcelain", "--", *{each.file for each in chosen}], cwd=ROOT,
                           capture_output=True, text=True, check=True).stdout
    if dirty:
        print(f"These files have changes that would be lost:\n{dirty}", file=sys.stderr)
        return 2
    missed = 0
    for number, breakage in enumerate(chosen, 1):
        started = time.monotonic()
        noticed, words = verdict(breakage)
        missed += not noticed
        print(f"{number:2}/{len(chosen)} {'ok  ' if noticed else 'MISS'} {breakage.name}: {breakage.what}\n"
              f"           {words} ({time.monotonic() - started:.0f} s)", flush=True)
    build()
    print(f"{len(chosen) - missed} of {len(chosen)} breakages turned a test red (seed {options.seed})")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
