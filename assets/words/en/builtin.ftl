### The built-in models: one line about each.

gate-2-1 = one tanh unit that asks: is x0 + x1 above 0.5?

line-1-16-1 = 16 relu units, then 1 linear: trained on y = 2x + 5

sum-2-5-1 = 5 tanh units, then 1 tanh: is x0 + x1 above 0.5?

sum-5-20-1 = 20 tanh units, then 1 tanh: is the sum of 5 inputs above 2.5?

scaled-1-1-1 = 1 linear unit, then 1: trained on numbers mapped to [-1, 1]

add-2-2-1 = 2 linear units, then 1: trained to add its two inputs

norm-1 = batch normalisation alone, with a scale and without a shift
