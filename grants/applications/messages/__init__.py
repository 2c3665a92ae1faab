"""Messages in a case, both ways. A message is no formal act: it starts, stops and decides nothing."""
