"""The door of the press: `python3 build.py` publishes the book, whatever is installed or not.

It is written so that any Python can read it, refuses those that are too old, and leaves the
rest to `bindery.makeready`.
"""

import os
import sys

if sys.version_info < (3, 11):
    sys.stderr.write(
        "Bindery needs Python 3.11 or newer, and this is Python %d.%d. "
        "Install a newer Python and run it as: python3.11 build.py\n" % sys.version_info[:2]
    )
    sys.exit(3)

# `python3 -I` leaves the folder of the script out of the search path.
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from bindery.makeready import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
