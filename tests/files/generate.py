"""Hostile files for tests/hostile_files.rs; needs h5py."""
import io, os, pickle, struct, sys, zipfile, zlib
import h5py

HERE = os.path.dirname(os.path.abspath(__file__))

# A group that contains itself.
with h5py.File(f"{HERE}/loop.h5", "w") as f:
    g = f.create_group("layers")
    g["layers"] = g
    g["again"] = f["/"]

# A chunked array of 2^40 zeros: a few bytes in the file.
with h5py.File(f"{HERE}/bomb.h5", "w") as f:
    f.create_dataset("layers/dense/vars/0", shape=(1 << 20, 1 << 20), chunks=(1 << 10, 1 << 10), compression="gzip", dtype="f4")


class Run:
    def __reduce__(self):
        return os.system, ("touch /tmp/byhand-was-here",)


def archive(name, program):
    with zipfile.ZipFile(f"{HERE}/{name}", "w") as z:
        z.writestr("archive/data.pkl", program)


archive("system.pt", pickle.dumps({"weight": Run()}, protocol=2))
# Lists in lists: nine levels of ten make a thousand million.
laughs = b"\x80\x02]" + b"q\x00" + b"".join(b"](" + b"h%c" % level * 10 + b"eq%c" % (level + 1) for level in range(9)) + b"."
archive("laughs.pt", laughs)
# A dictionary that contains itself.
archive("itself.pt", b"\x80\x02}q\x00X\x01\x00\x00\x00ah\x00s.")

# 1 GiB of zeros in a megabyte.
with zipfile.ZipFile(f"{HERE}/bomb.npz", "w", zipfile.ZIP_DEFLATED) as z:
    with z.open("arr_0.npy", "w", force_zip64=True) as f:
        f.write(b"\x93NUMPY\x01\x00\x76\x00" + (b"{'descr': '<f4', 'fortran_order': False, 'shape': (16777216,), }".ljust(117) + b"\n"))
        for _ in range(96):
            f.write(bytes(1 << 20))
