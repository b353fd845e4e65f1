"""Two tablets at one vehicle without a network: a QR code joins them, and what each wrote travels as signed bundles.

invite    the QR code by which a second tablet joins
bundle    the entries of one device under its signature; what it may claim
letter    what one tablet says to the other: bundles and what it holds, signed, packed and encrypted
frames    a letter as a sequence of QR codes, in any order, with losses and repeats
session   a pairing as it stands: secrets, the other tablets, how far each has come; sessions: those that are kept
exchange  a letter written from the store, and one taken into it
host      the answering side on the local network; guest: the asking side
near      both of them running beside the screens, at a post; pairings: all of an open store

The first four and the session are pure.
"""
