### Pieces that several sentences share.

-only-dense = byhand opens chains of Dense and BatchNormalization layers, and cannot open this network
-scaling-forms = write 0,100 if 0 to 100 was mapped to [0, 1], 0,100:-1,1 if it was mapped to [-1, 1], /255, or standard:MEAN,DEVIATION
