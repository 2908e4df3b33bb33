"""People alive whom a family may be looking for: proposed to who keeps their record alone."""
