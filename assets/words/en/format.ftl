### Kinds of files. They follow "is": `model.h5` is an HDF5 file (.h5).

hdf5 = an HDF5 file (.h5)
zip = a zip archive (.keras, .npz and .pt files are zip archives)
empty-zip = an empty zip archive
npy = a NumPy array file (.npy)
gzip = a gzip archive
pickle = a Python pickle
safetensors = a safetensors file
