"""The release that runs, as pages and reports name it."""

from importlib.metadata import version

VERSION = version("reunir")
