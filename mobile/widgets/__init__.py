"""The tablet's widgets: each draws itself from properties and sends events up; none knows a screen or a store.

Importing a module loads its .kv once. The classes are then known in every .kv file by name:

base       Text SoftText TitleText BigText Word; `theme` and `_` in every .kv file
signs      Sign: tick, cross, query, clock and other drawn marks, never a missing glyph
buttons    PrimaryButton QuietButton DangerButton, Chip, ChoiceRow
cards      Card, Notice, StatusPill, SyncPill, VerdictLight, Steps
bars       TopBar, ScrollList, PhotoThumb
tile       TileBody: the part of a tile that opens something
plate      Plate
placards   OrangePanel, Diamond
platekeys  PlateKeyboard, PlateSheet
signkeys   SignSheet
pads       NumberPad, PinPad
signature  SignaturePad
qr         QrCode

Any widget may carry `test_id`, by which the driver of the demo and the tests finds it; a kv `id` does as well.
"""
