"""What comes with the program: lenses, the example study, icons. A package, so that any installation finds it."""
