"""Two tablets at one vehicle or post without a network: a QR code joins them; what each wrote travels signed.

invite    the QR code by which a second tablet joins
bundle    the entries of one device under its signature; what it may claim
letter    what one tablet says to the other: bundles and what it holds, signed, packed and encrypted
frames    a letter as a sequence of QR codes, in any order, with losses and repeats
session   a pairing as it stands: secrets, the other tablets, how far each has come; sessions: those that are kept
exchange  a letter written from the store, and one taken into it
host      the answering side on the local network; guest: the asking side
talk      both of them running beside the screens; near: at one vehicle; beside: at one post, over its waiting line
hands     what the tablets of a post have in hand, and what two have at once; pairings: all of an open store

The first four and the session are pure.
"""
