// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {IStakeSource} from "../../interfaces/IStakeSource.sol";

/// @title Where slashed stake goes that another protocol hands over
/// @notice A part is the reporter's; the rest goes to the sink, which governance named once. Amounts are base units.
abstract contract SlashProceeds {
    using SafeERC20 for IERC20;

    /// @notice The staked token.
    IERC20 public immutable TOKEN;
    /// @notice Gets what nobody is rewarded with.
    address public immutable SINK;

    /// @notice Rewards that wait to be claimed, base units.
    mapping(address beneficiary => uint256) public rewards;
    /// @notice Sum of all rewards that wait, base units.
    uint256 public rewardsOwed;

    constructor(IERC20 token, address sink) {
        (TOKEN, SINK) = (token, sink);
    }

    /// @notice Pays out the caller's rewards.
    function claimReward(address to) external returns (uint256 amount) {
        amount = rewards[msg.sender];
        if (amount == 0) revert IStakeSource.NothingToWithdraw(msg.sender);
        rewards[msg.sender] = 0;
        rewardsOwed -= amount;
        TOKEN.safeTransfer(to, amount);
    }

    /// @notice Sends what is here and not owed as a reward to the sink. Anyone.
    function sweep() external returns (uint256 amount) {
        (, amount) = Math.trySub(TOKEN.balanceOf(address(this)), rewardsOwed);
        TOKEN.safeTransfer(SINK, amount);
    }

    /// @dev Rounded down.
    function _reward(address beneficiary, uint256 taken, uint256 rewardBps) internal returns (uint256 reward) {
        if (beneficiary == address(0)) return 0;
        reward = Math.mulDiv(taken, rewardBps, 10_000);
        rewards[beneficiary] += reward;
        rewardsOwed += reward;
    }
}
