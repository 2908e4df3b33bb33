"""What decisions say of the weights, who is found less, and adopting what was learnt."""
