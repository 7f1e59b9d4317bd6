"""`python -m bindery`."""

import sys

from bindery.desk import main

if __name__ == "__main__":
    sys.exit(main())
