#!/usr/bin/env python3
"""DeskHelp from a plain clone, with nothing but Python 3.11 or newer.

python3 run.py              set everything up, then open the demonstration
python3 run.py --check      the same on a computer without a screen: run the self-check
python3 run.py test         set up, then formatting, lint, types, layers and all tests
python3 run.py test ARGS    only pytest, with these arguments
python3 run.py package      build wheel and packaged program, install and check both
"""

from __future__ import annotations

import argparse
import ctypes
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BUILD = ROOT / "build"
CONSTRAINTS = ROOT / "requirements" / "constraints.txt"
IS_WINDOWS = os.name == "nt"
IN_CI = os.environ.get("CI", "").lower() == "true"
OLDEST = (3, 11)

# Debian package -> the library that tells, on any Linux, whether it is there.
QT_LIBRARIES = {
    "libgl1": "libGL.so.1",
    "libegl1": "libEGL.so.1",
    "libxkbcommon0": "libxkbcommon.so.0",
    "libdbus-1-3": "libdbus-1.so.3",
    "libfontconfig1": "libfontconfig.so.1",
    "libglib2.0-0": "libglib-2.0.so.0",
    "libbrotli1": "libbrotlidec.so.1",
    "libxcb-cursor0": "libxcb-cursor.so.0",
    "libxcb-icccm4": "libxcb-icccm.so.4",
    "libxcb-keysyms1": "libxcb-keysyms.so.1",
    "libxcb-shape0": "libxcb-shape.so.0",
    "libxcb-xkb1": "libxcb-xkb.so.1",
    "libxkbcommon-x11-0": "libxkbcommon-x11.so.0",
    "libwayland-cursor0": "libwayland-cursor.so.0",
}
# Debian package -> a program of it.
TEST_PROGRAMS = {
    "dovecot-imapd": "dovecot",
    "postgresql": "initdb",
    "xvfb": "Xvfb",
    "xdotool": "xdotool",
    "xclip": "xclip",
    "x11-xkb-utils": "setxkbmap",
    "openssl": "openssl",
    "gnome-keyring": "gnome-keyring-daemon",
    "dbus": "dbus-run-session",
    "binutils": "objdump",
}
# A server that is only a test's tool must neither start now nor at the next boot.
APT_SCRIPT = """
set -e
export DEBIAN_FRONTEND=noninteractive
policy=/usr/sbin/policy-rc.d
if [ ! -e $policy ]; then
  printf '#!/bin/sh\\nexit 101\\n' > $policy
  chmod +x $policy
  trap 'rm -f $policy' EXIT
fi
had_dovecot=$(command -v dovecot || true)
had_postgresql=$(ls /usr/lib/postgresql 2>/dev/null || true)
install() {
  apt-get install -y --no-install-recommends -o Dpkg::Options::=--path-exclude=/usr/share/doc/* "$@"
}
install "$@" || { apt-get update; install "$@"; }
if [ -z "$had_dovecot" ] && [ -d /run/systemd/system ]; then
  systemctl disable dovecot.service dovecot.socket 2>/dev/null || true
fi
if [ -z "$had_postgresql" ] && [ -d /run/systemd/system ]; then
  systemctl disable postgresql.service 2>/dev/null || true
fi
"""
NO_SCREEN = """
Everything is set up, but there is no screen to open a window on ($DISPLAY and $WAYLAND_DISPLAY are empty).
  With a desktop:     run the same command in a terminal of that desktop.
  Without a screen:   python3 run.py --check      (all parts, a real window offscreen, one line a step)
"""


def say(text: str) -> None:
    """One line of progress, in order with what the programs started here print."""
    print(text, flush=True)


def main() -> int:
    """Do what the command line asks; the exit status of the last thing done, or 1 where set-up failed."""
    use_new_enough_python()
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="run the self-check instead of opening a window")
    parser.add_argument("what", nargs="?", choices=("demo", "test", "package"), default="demo")
    options, rest = parser.parse_known_args()
    for_tests = options.what != "demo"
    if not (prepare_system(for_tests) and prepare_venv(for_tests)):
        return 1
    if options.what == "test":
        return run([venv_python(), "-m", "pytest", *rest], offscreen()) if rest else test()
    if options.what == "package":
        return package()
    return check() if options.check else demo(rest)


# ---------------------------------------------------------------- this computer


def use_new_enough_python() -> None:
    """Go on under a newer Python of this computer where this one is too old; else leave with a sentence."""
    if sys.version_info >= OLDEST:
        return
    for minor in range(15, OLDEST[1] - 1, -1):
        newer = shutil.which(f"python3.{minor}")
        if newer and subprocess.call([newer, "-c", ""], stderr=subprocess.DEVNULL) == 0:
            sys.exit(subprocess.call([newer, *sys.argv]))
    sys.exit(f"DeskHelp needs Python 3.11 or newer; this is {sys.version.split()[0]}.")


def prepare_system(for_tests: bool) -> bool:
    """Have what Python packages cannot bring; False where it is missing and must not be."""
    missing = missing_packages(for_tests)
    if not missing:
        return True
    if not shutil.which("apt-get"):
        return name_missing(missing, "Install what your system calls these Debian packages")
    command = [*as_root(), "sh", "-c", APT_SCRIPT, "apt", *missing]
    by_hand = "sudo apt-get install --no-install-recommends"
    if command[0] == "none":
        return name_missing(missing, f"Run: {by_hand} {' '.join(missing)}")
    say(f"Installing system packages: {' '.join(missing)}")
    if subprocess.call(command) == 0:
        return True
    return name_missing(missing, f"That failed. Try: {by_hand} {' '.join(missing)}")


def missing_packages(for_tests: bool) -> list[str]:
    """Names of Debian packages that this computer lacks; empty where it is no Linux."""
    missing = [] if has_pip_for_venv() else ["python3-venv"]
    if not sys.platform.startswith("linux"):
        return missing
    missing += [package for package, library in QT_LIBRARIES.items() if not has_library(library)]
    if for_tests:
        missing += missing_libpython()
        missing += [package for package, program in TEST_PROGRAMS.items() if not has_program(program)]
    return missing


def missing_libpython() -> list[str]:
    """What PyInstaller packs instead of an interpreter, and Debian's own Python comes without."""
    version = f"{sys.version_info[0]}.{sys.version_info[1]}"
    is_debians = sys.base_prefix == "/usr" and shutil.which("apt-get")
    return [f"libpython{version}"] if is_debians and not has_library(f"libpython{version}.so.1.0") else []


def has_pip_for_venv() -> bool:
    """Debian splits ensurepip off into python3-venv; a made .venv needs it no more."""
    return venv_works() or importlib.util.find_spec("ensurepip") is not None


def has_library(name: str) -> bool:
    """Whether the dynamic linker finds the shared library `name`."""
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def has_program(name: str) -> bool:
    """Whether `name` is on the path, or where Debian keeps servers."""
    servers = ["/usr/sbin", "/usr/local/sbin", "/sbin", *map(str, Path("/usr/lib/postgresql").glob("*/bin"))]
    return bool(shutil.which(name) or shutil.which(name, path=":".join(servers)))


def as_root() -> list[str]:
    """What makes a command run as root without a question; ["none"] where that is not possible."""
    if not IS_WINDOWS and os.geteuid() == 0:
        return []
    if shutil.which("sudo") and subprocess.call(["sudo", "-n", "true"], stderr=subprocess.DEVNULL) == 0:
        return ["sudo", "-n"]
    return ["none"]


def name_missing(missing: list[str], advice: str) -> bool:
    """Say what is missing. Only a missing venv stops the set-up; in CI, everything does."""
    libraries = [QT_LIBRARIES[package] for package in missing if package in QT_LIBRARIES]
    say(f"Missing on this computer: {' '.join(missing)}")
    if libraries:
        say(f"  (the libraries {' '.join(libraries)})")
    say(f"  {advice}")
    return "python3-venv" not in missing and not IN_CI


# ---------------------------------------------------------------- the virtual environment


def venv_python(folder: Path = VENV) -> str:
    """The interpreter of a virtual environment."""
    return str(folder / ("Scripts/python.exe" if IS_WINDOWS else "bin/python"))


def venv_works() -> bool:
    """Whether .venv is there, has pip, and is of the Python that runs this."""
    asked = "import sys, pip; print(*sys.version_info[:2])"
    try:
        answer = subprocess.run([venv_python(), "-c", asked], capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return False
    return answer.stdout.split() == [str(part) for part in sys.version_info[:2]]


def prepare_venv(for_tests: bool) -> bool:
    """Make .venv hold the locked packages and this checkout; done at once where nothing changed."""
    stamps = [VENV / f"deskhelp-{kind}.stamp" for kind in (("test",) if for_tests else ("test", "demo"))]
    state = lock_state()
    works = venv_works()
    if works and any(stamp.is_file() and stamp.read_text() == state for stamp in stamps):
        return True
    if not works:
        say(f"Making the virtual environment {VENV}")
        if subprocess.call([sys.executable, "-m", "venv", "--clear", str(VENV)]):
            return False
    say("Installing the locked Python packages (about 120 MB the first time)")
    if pip("-c", str(CONSTRAINTS), *wanted(for_tests)) or pip("--no-deps", "--no-build-isolation", "-e", str(ROOT)):
        say("The packages could not be installed; the lines above say why.")
        return False
    stamps[-1].write_text(state)
    return True


def lock_state() -> str:
    """Changes with the lock, the declared dependencies and the Python that they are installed for."""
    parts = (CONSTRAINTS.read_bytes(), (ROOT / "pyproject.toml").read_bytes(), sys.version.encode())
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def wanted(for_tests: bool) -> list[str]:
    """The requirements that pyproject.toml declares."""
    import tomllib

    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    groups = declared["dependency-groups"]
    found: list[str] = list(declared["project"]["dependencies"])
    for name in ("install", "test", "lint", "freeze") if for_tests else ("install",):
        found += groups[name]
    return found


def pip(*arguments: str) -> int:
    """``pip install`` inside .venv; its lines are shown, as they tell what happens and what went wrong."""
    quiet = ["--disable-pip-version-check", "--no-input", "--progress-bar=off", "--no-warn-script-location"]
    return subprocess.call([venv_python(), "-m", "pip", "install", *quiet, *arguments])


# ---------------------------------------------------------------- what to do with it


def run(command: list[str], env: dict[str, str] | None = None, cwd: Path = ROOT) -> int:
    """Run `command` and return its exit status; Ctrl+C stops it, not this program's manners."""
    try:
        return subprocess.call(command, env=env, cwd=cwd)
    except KeyboardInterrupt:
        return 130


def offscreen() -> dict[str, str]:
    """The environment for windows that nobody sees."""
    return os.environ | {"QT_QPA_PLATFORM": "offscreen", "QT_API": "pyside6"}


def demo(arguments: list[str]) -> int:
    """Open the demonstration, or say how to look without a screen."""
    unix = sys.platform.startswith(("linux", "freebsd"))
    if unix and not any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")):
        say(NO_SCREEN)
        return 1
    return run([venv_python(), "-m", "deskhelp", "--demo", *arguments])


def check() -> int:
    """The self-check, with a real window that nobody sees."""
    return run([venv_python(), "-m", "deskhelp", "--self-check"], offscreen())


def test() -> int:
    """Everything that must hold; all of it runs, whatever fails before."""
    python = venv_python()
    pytest = [python, "-m", "pytest"]
    alone = "bench or xvfb"
    failed = attempt(
        {
            "format": [python, "-m", "ruff", "format", "--check", "."],
            "lint": [python, "-m", "ruff", "check", "."],
            "types": [python, "-m", "mypy"],
            "layers": [str(Path(python).with_name("lint-imports"))],
            "tests": [*pytest, "-n", "2", "--dist", "loadfile", "-m", f"not ({alone})"],
            "tests alone": [*pytest, "-m", alone],
        }
    )
    say(f"Failed: {', '.join(failed)}" if failed else "All checks passed.")
    return 1 if failed else 0


def attempt(steps: dict[str, list[str]]) -> list[str]:
    """Run all `steps` offscreen; the names of those that failed."""
    failed = []
    for name, command in steps.items():
        say(f"--- {name}")
        if run(command, offscreen()):
            failed.append(name)
    return failed


def package() -> int:
    """Build wheel and program; each must pass the self-check away from this checkout."""
    wheels, program = BUILD / "wheel", ROOT / "dist" / "deskhelp" / "deskhelp"
    shutil.rmtree(wheels, ignore_errors=True)
    python = venv_python()
    freeze = [
        "--noconfirm",
        "--log-level=WARN",
        f"--distpath={ROOT / 'dist'}",
        f"--workpath={BUILD / 'freeze'}",
    ]
    build = {
        "wheel": [
            python,
            "-m",
            "pip",
            "wheel",
            "--no-deps",
            "--no-build-isolation",
            "-w",
            str(wheels),
            str(ROOT),
        ],
        "program": [python, "-m", "PyInstaller", *freeze, str(ROOT / "packaging" / "deskhelp.spec")],
    }
    failed = attempt(build) or self_checks(wheels, program)
    say(f"Failed: {', '.join(failed)}" if failed else f"Packaged: {program.parent}, {next(wheels.glob('*.whl'))}")
    return 1 if failed else 0


def self_checks(wheels: Path, program: Path) -> list[str]:
    """Run the self-check of the wheel's installation and of the program, from a folder without sources."""
    elsewhere = BUILD / "wheel-venv"
    installed = install_wheel(next(wheels.glob("*.whl")), elsewhere)
    commands = {"installed wheel": [installed, "-m", "deskhelp"], "packaged program": [str(program)]}
    failed = []
    for name, command in commands.items():
        say(f"--- self-check of the {name}")
        for argument in ("--version", "--self-check"):
            if run([*command, argument], offscreen(), cwd=elsewhere):
                failed.append(f"{name} {argument}")
    return failed


def install_wheel(wheel: Path, folder: Path) -> str:
    """Install `wheel` into a new environment that borrows only the libraries of .venv; its interpreter."""
    subprocess.check_call([sys.executable, "-m", "venv", "--clear", "--without-pip", str(folder)])
    python = venv_python(folder)
    where = "import sysconfig; print(sysconfig.get_path('purelib'))"
    site, borrowed = (subprocess.check_output([p, "-c", where], text=True).strip() for p in (python, venv_python()))
    subprocess.check_call([venv_python(), "-m", "pip", f"--python={python}", "install", "--no-deps", str(wheel)])
    Path(site, "borrowed.pth").write_text(borrowed + "\n", encoding="utf-8")
    return python


if __name__ == "__main__":
    sys.exit(main())
