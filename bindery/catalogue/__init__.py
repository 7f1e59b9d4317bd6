"""Many books at once: a catalogue is printed by whoever has hands free, near or far.

`orders` makes of a book folder a value that holds all that a worker needs; `carrying_out` is
what the worker does with it; `foreman` hands the orders out to any executor of
`concurrent.futures`, and tries again what a dying worker has dropped.  Nothing here knows
which executor that is: only the desk makes executors, and only the desk writes files.
"""

from __future__ import annotations

from bindery.catalogue.carrying_out import carry_out
from bindery.catalogue.foreman import Workforce, print_catalogue
from bindery.catalogue.orders import Fate, Order, Outcome, take_order

__all__ = [
    "Fate",
    "Order",
    "Outcome",
    "Workforce",
    "carry_out",
    "print_catalogue",
    "take_order",
]
