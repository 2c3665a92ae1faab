"""How the pages look: the style sheet that is cut from the packages of NL Design System, and the files that a browser gets."""
