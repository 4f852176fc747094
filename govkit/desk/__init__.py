"""The desk: texts and acts as pages in a browser on the same machine. It asks and shows.

Every page is made here, of a text that is escaped; what is written goes through the procedures, as
it does from the command line. Nobody else than the browser that was given the address gets in.
"""
