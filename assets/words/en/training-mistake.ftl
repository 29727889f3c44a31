### What was done wrong in a training: whole sentences, for `byhand check`.
### $layer is a layer's name, or `all` for every layer.

sum-over-batch = the gradients of the rows were added, but not divided by the number of rows
divided-twice = the gradient was divided by the number of rows twice: once in the loss and once more
mean-over-batch = the gradient was divided by the number of rows, but this loss is a sum
# $factor is a number such as 2 or 1/2.
loss-factor = the gradient of the loss is { $factor } times as large: a factor of the loss was left out or added
outputs-not-averaged = the gradient was not divided by the number of outputs
sign = the gradient has the other sign: target minus output was taken for output minus target
# $activation is sigmoid or softmax.
activation-twice = { $activation } was taken twice: the loss takes logits, and was given the probabilities
extra-derivative = the derivative a(1 - a) of layer `{ $layer }` was multiplied in, but with this cross-entropy output minus label is the whole gradient
softmax-diagonal = a(1 - a) was taken for the derivative of the softmax in `{ $layer }`, but each output depends on all the sums
one-row = only the gradient of row { $row } of the batch was used

derivative-at-z = { $layer ->
    [all] the derivative was written with z where it takes a, such as z(1 - z) for a(1 - a), in every layer
   *[other] the derivative in layer `{ $layer }` was written with z where it takes a, such as z(1 - z) for a(1 - a)
}
derivative-again = { $layer ->
    [all] the derivative was taken at a instead of z in every layer: the activation was applied to its own result
   *[other] the derivative in layer `{ $layer }` was taken at a instead of z: the activation was applied to its own result
}
derivative-left-out = { $layer ->
    [all] the derivatives of the activations were left out
   *[other] the derivative of the activation of layer `{ $layer }` was left out
}
other-derivative = the derivative of { $activation } was used in layer `{ $layer }`
updated-weights = { $layer ->
    [all] the new kernels were used in the backward pass; it takes the old ones
   *[other] the new kernel of layer `{ $layer }` was used for the gradient of the layer before it; it takes the old one
}
transposed-backward = the kernel of layer `{ $layer }` was read transposed in the backward pass
one-path = only the path through output { $unit } of layer `{ $layer }` was counted; the gradient is the sum over all outputs
z-for-a = { $layer ->
    [all] the kernel gradients were computed with z of the layer before, not with a
   *[other] the kernel gradient of layer `{ $layer }` was computed with z of the layer before, not with a
}
input-left-out = { $layer ->
    [all] the kernel gradients were not multiplied by the layer's input
   *[other] the kernel gradient of layer `{ $layer }` was not multiplied by the layer's input
}
gradient-of-activation = { $layer ->
    [all] the gradients of the weights were computed with da, not with dz
   *[other] the gradient in layer `{ $layer }` was computed with da, not with dz
}
one-path-through-time = { $layer ->
    [all] the gradient was not carried back through time
   *[other] the gradient of layer `{ $layer }` was not carried back through time: only the path from the output at the same time was counted
}
mask-left-out = { $layer ->
    [all] the masks of the dropouts were left out of the backward pass
   *[other] the mask of `{ $layer }` was left out of the backward pass
}

bias-not-updated = { $layer ->
    [all] the biases were not updated
   *[other] the bias of layer `{ $layer }` was not updated
}
gradients-not-zeroed = the gradients were not set to zero before the step, so that those of the steps before were added
# $where is torch, keras, inside, outside or left-out.
epsilon-elsewhere = { $where ->
    [torch] epsilon was added to the corrected root, as PyTorch does; Keras adds it to the root before the correction
    [keras] epsilon was added to the root before the correction, as Keras does; PyTorch adds it to the corrected root
    [inside] epsilon was added inside of the root
    [outside] epsilon was added outside of the root
   *[other] epsilon was left out
}
# $how is left-out, m-only, v-only, multiplied or without-t.
bias-correction = { $how ->
    [left-out] the bias correction of m and v was left out
    [m-only] only m was corrected for its start at 0
    [v-only] only v was corrected for its start at 0
    [multiplied] m and v were multiplied by 1 - beta^t; they are divided by it
   *[other] the bias correction was made with beta, not with beta^t
}
rate-left-out = the learning rate was left out
rate-twice = the learning rate was multiplied in twice
rate-factor = the learning rate is { $factor } times as large
uphill = the step was added to the weights; it is subtracted
# $framework is keras or torch.
momentum-convention = momentum was computed by the convention of { $framework ->
    [keras] Keras
   *[other] PyTorch
}; this is another convention, not an error
velocity-as-mean = the gradient was multiplied by 1 - momentum: that is a moving mean, another convention of momentum
# $how is with or without.
nesterov = { $how ->
    [with] Nesterov's momentum was used
   *[other] plain momentum was used, not Nesterov's
}
momentum-left-out = the momentum was left out
# $share is half or none.
l2-factor = { $share ->
    [none] the regularization was left out
   *[other] the derivative of the regularization is 2 times its share times the weight; half of it was used
}
# $how is without or gradient.
decay-in-gradient = { $how ->
    [gradient] the weight decay was added to the gradient; AdamW takes it off the weight
   *[other] the weight decay was left out
}
accumulator-start = the sum of squares began at { $start }
root-left-out = the root of the mean square was left out
epsilon-of-other-framework = { $framework ->
    [torch] epsilon is 1e-8, as in PyTorch
   *[other] epsilon is 1e-7, as in Keras
}
updated-twice = each batch was used for two steps
