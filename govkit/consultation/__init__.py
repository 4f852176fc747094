"""CORPUS -> WHAT PEOPLE SAY ABOUT A PROPOSAL   comments read, anchored, told apart, answered."""
