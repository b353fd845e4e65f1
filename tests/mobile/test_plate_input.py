from mobile.plate_input import ROWS, allowed, is_full


def test_a_plate_begins_with_one_of_31_provinces():
    assert len(set(allowed("", "yellow"))) == 31


def test_a_letter_follows_the_province():
    assert "B" in allowed("鲁", "yellow") and "7" not in allowed("鲁", "yellow")


def test_letters_i_and_o_are_never_offered():
    assert not {"I", "O"} & set("".join(ROWS))


def test_a_word_may_only_end_a_plate():
    assert "挂" not in allowed("鲁B7A3", "yellow") and "挂" in allowed("鲁B7A31", "yellow")


def test_nothing_follows_a_full_plate():
    assert allowed("鲁B7A31挂", "yellow") == "" and is_full("鲁B7A31挂", "yellow")


def test_new_energy_plates_have_one_sign_more_and_no_words():
    assert not is_full("浙AF0661", "green") and is_full("浙AF06612", "green")
    assert "挂" not in allowed("浙AF066", "green")


def test_every_key_row_has_ten_keys():
    assert {len(row) for row in ROWS} == {10}
