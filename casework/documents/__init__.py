"""Documents to print: the same presenters as the pages, on paper."""
