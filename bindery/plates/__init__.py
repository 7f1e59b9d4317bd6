"""Plates: what makes pages fit for a press.

1. `separation` writes every page again for black ink alone, and leaves out what is for screens;
   `proofs` tells whether what was translucent still looks the same.
2. `ink_boxes` measures where there is ink, and `fitting` how far pages move for the margins.
3. `laying` adds blank pages and lays all on the printer's sheets (`sheets`).
4. `standards` says what the file says of itself, and writes it as the kind that is wanted.
"""
