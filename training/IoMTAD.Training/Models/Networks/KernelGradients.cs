using System.Runtime.Intrinsics;

namespace IoMTAD.Training.Models.Networks;

/// <summary>Errors back through the layers without parameters. Pools add to what stands there.</summary>
internal static unsafe class KernelGradients
{
    /// <summary>Each channel's error goes to the step that held the largest value, the first of equals.</summary>
    public static void Largest(float* input, float* error, float* inputError, int steps, int stride)
    {
        for (var j = 0; j < stride; j += Vector256<float>.Count)
        {
            var largest = Vector256.Load(input + j);
            for (var t = 1; t < steps; t++) largest = Vector256.Max(largest, Vector256.Load(input + t * stride + j));
            var left = Vector256.Load(error + j);
            for (var t = 0; t < steps; t++)
            {
                var at = t * stride + j;
                var here = Vector256.Equals(Vector256.Load(input + at), largest);
                (Vector256.Load(inputError + at) + (left & here)).Store(inputError + at);
                left = Vector256.AndNot(left, here);
            }
        }
    }

    public static void Mean(float* error, float* inputError, int steps, int stride)
    {
        var share = Vector256.Create(1f / steps);
        for (var j = 0; j < stride; j += Vector256<float>.Count)
        {
            var each = Vector256.Load(error + j) * share;
            for (var at = j; at < steps * stride; at += stride) (Vector256.Load(inputError + at) + each).Store(inputError + at);
        }
    }

    /// <summary>Errors pass where the rectifier's output is positive.</summary>
    public static void Rectified(float* output, float* error, long count)
    {
        for (long i = 0; i < count; i += Vector256<float>.Count)
        {
            var open = Vector256.GreaterThan(Vector256.Load(output + i), Vector256<float>.Zero);
            (Vector256.Load(error + i) & open).Store(error + i);
        }
    }
}
