"""How fast Bindery is, always against another way of making the same book in the same run."""
