"""The small copy of booking_paths.py."""

import booking_paths


def test_no_way_takes_what_is_taken():
    """171, 173, 174, 178, 183, 186, 188, 193: by every way at once, on two nodes that are killed meanwhile, no two are given
    one seat, no more at once than there is room, whatever was acknowledged is there, and money fits what is firm"""
    storm = booking_paths.run(wanted=6, kills=2, postgres=1, bookers=6, seed=1)
    print(booking_paths.told(storm))
    assert not storm.troubles, booking_paths.told(storm)
