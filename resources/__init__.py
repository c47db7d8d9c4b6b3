"""The files that come with the program: lenses, the example study, icons. A package, so that any installation finds them."""
