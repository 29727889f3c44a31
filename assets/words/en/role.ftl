### What a number in a calculation is called, as in `+ bias 0.5`.

bias = bias

mean = mean

deviation = deviation

gamma = gamma

beta = beta

scale = scale

offset = offset

count = count

largest = largest

sum = sum
