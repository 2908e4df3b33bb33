"""People who travelled together: a boat, a truck, a party on foot, and what became of them."""
