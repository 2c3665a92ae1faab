"""Everything that is mine: my cases with what I must do, my post, who read my data, and a copy of it all."""
