"""`python -m bindery`."""

import sys

from bindery.composing import spare_collecting

if __name__ == "__main__":
    spare_collecting()  # Loading makes many objects, too, and a sixth of it would be the search.
    from bindery.desk import main

    sys.exit(main())
