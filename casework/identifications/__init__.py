"""From a proposal to a decision: the gate, who decided what, and taking it back."""
