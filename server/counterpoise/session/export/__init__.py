"""Sessions as tidy tables, with a type, a unit, the levels and the missing rule of every column."""
