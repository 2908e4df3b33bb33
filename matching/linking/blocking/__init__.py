"""Which pairs are looked at: records that share any of many cheap keys."""
